package dev.aicore.discovery.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

import dev.aicore.discovery.api.error.ErrorCode;
import dev.aicore.discovery.api.error.RegistryException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;
import org.springframework.mock.web.server.MockServerWebExchange;
import reactor.core.publisher.Mono;

class ResponseTimeoutFilterTest {

    private static final Duration ANSWERED_AFTER = Duration.ofMillis(200);

    private final ResponseTimeoutFilter timeoutFilter = new ResponseTimeoutFilter(Duration.ofMillis(20));
    private final MockServerWebExchange exchange = MockServerWebExchange.from(MockServerHttpRequest.get("/v1/any"));

    private void answerLate() {
        timeoutFilter.filter(exchange, _ -> Mono.delay(ANSWERED_AFTER).then()).block(Duration.ofSeconds(30));
    }

    @Test
    void lateAnswer_isEnded() {
        assertThatExceptionOfType(RegistryException.class)
                .isThrownBy(this::answerLate)
                .satisfies(refused -> assertThat(refused.code()).isEqualTo(ErrorCode.TIMED_OUT));
    }

    @Test
    void lateAnswer_ofARequestThatWaitsForAChange_isKept() {
        ResponseTimeoutFilter.extend(exchange, Duration.ofMinutes(10));

        assertThatNoException().isThrownBy(this::answerLate);
    }

    @Test
    void lateAnswer_onTheHotPath_isEndedUnlessItsRequestWaitsForAChange() {
        var request = exchange.getRequest();
        var late = timeoutFilter.withTimeout(Mono.delay(ANSWERED_AFTER), request);
        assertThatExceptionOfType(RegistryException.class).isThrownBy(() -> late.block(Duration.ofSeconds(30)));

        ResponseTimeoutFilter.extend(request, Duration.ofMinutes(10));
        var waiting = timeoutFilter.withTimeout(Mono.delay(ANSWERED_AFTER), request);
        assertThatNoException().isThrownBy(() -> waiting.block(Duration.ofSeconds(30)));
    }

    @Test
    void answer_laterThanTheWait_isEnded() {
        ResponseTimeoutFilter.extend(exchange, Duration.ofMillis(20));

        assertThatExceptionOfType(RegistryException.class).isThrownBy(this::answerLate);
    }
}
