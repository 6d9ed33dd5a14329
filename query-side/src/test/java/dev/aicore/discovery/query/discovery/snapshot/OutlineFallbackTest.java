package dev.aicore.discovery.query.discovery.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.aicore.discovery.api.error.ErrorCode;
import dev.aicore.discovery.api.error.RegistryException;
import dev.aicore.discovery.config.time.ManualTimeSource;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

class OutlineFallbackTest {

    private static final Duration HALF = OutlineFallback.RETRY_INTERVAL.dividedBy(2);

    private final ManualTimeSource time = ManualTimeSource.atNoon();
    private final OutlineFallback outlineFallback = new OutlineFallback(time);

    @Test
    void largeService_isReadAsOutlineForAMinute() {
        assertThat(read(refused(ErrorCode.ANSWER_TOO_LARGE))).isEqualTo("outline");

        time.pass(OutlineFallback.RETRY_INTERVAL.minusNanos(1));
        assertThat(read(Mono.just("complete"))).isEqualTo("outline");
    }

    @Test
    void shrunkService_afterReadOfOutline_isReadCompletelyAMinuteLater() {
        read(refused(ErrorCode.ANSWER_TOO_LARGE));
        time.pass(HALF);
        assertThat(read(Mono.just("complete"))).isEqualTo("outline");

        time.pass(HALF);
        assertThat(read(Mono.just("complete"))).isEqualTo("complete");
    }

    @Test
    void stillLargeService_isReadAsOutlineForAnotherMinute() {
        read(refused(ErrorCode.ANSWER_TOO_LARGE));
        time.pass(OutlineFallback.RETRY_INTERVAL);
        assertThat(read(refused(ErrorCode.ANSWER_TOO_LARGE))).isEqualTo("outline");

        time.pass(HALF);
        assertThat(read(Mono.just("complete"))).isEqualTo("outline");
    }

    @Test
    void overload_isReplacedByOutlineOfServiceKnownAsLargeOnly() {
        assertThatThrownBy(() -> read(refused(ErrorCode.OVERLOADED))).hasMessage("Refused.");

        read(refused(ErrorCode.ANSWER_TOO_LARGE));
        time.pass(OutlineFallback.RETRY_INTERVAL);
        assertThat(read(refused(ErrorCode.OVERLOADED))).isEqualTo("outline");

        time.pass(OutlineFallback.RETRY_INTERVAL);
        assertThat(read(Mono.just("complete"))).isEqualTo("complete");
        assertThatThrownBy(() -> read(refused(ErrorCode.OVERLOADED))).hasMessage("Refused.");
    }

    @Test
    void otherFailure_isNotReplaced() {
        read(refused(ErrorCode.ANSWER_TOO_LARGE));
        time.pass(OutlineFallback.RETRY_INTERVAL);

        assertThatThrownBy(() -> read(refused(ErrorCode.STORE_UNAVAILABLE))).hasMessage("Refused.");
    }

    private String read(Mono<String> complete) {
        return Objects.requireNonNull(
                outlineFallback.read("web", complete, Mono.just("outline")).block(Duration.ofSeconds(10)));
    }

    private static Mono<String> refused(ErrorCode code) {
        return Mono.error(() -> new RegistryException(code, "Refused."));
    }
}
