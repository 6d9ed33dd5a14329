package dev.aicore.discovery.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aicore.discovery.access.hotpath.HotRoute;
import dev.aicore.discovery.config.testing.RawHttpClient;
import dev.aicore.discovery.web.ResponseWriter;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import reactor.core.publisher.Mono;

/**
 * Tests that an answer of the hot path that can't be written is reported as any other failure, whether it was available
 * immediately or later.
 */
class UnwritableResponseTest {

    @Configuration(proxyBeanMethods = false)
    static class Breaking {
        @Bean
        HotRoute hot() {
            ResponseWriter broken = _ -> Mono.error(new IllegalStateException("There is no memory for it"));
            return new TestHotRoute(caller -> caller.reason() == null
                    ? Mono.just(broken)
                    : Mono.delay(Duration.ofMillis(1)).map(_ -> broken));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"X-Other: 1", "X-Reason: later"})
    void writeFailure_onHotPath_returns500Problem(String header) {
        try (var server = TestServer.on("127.0.0.1", Breaking.class).run()) {
            int port = server.getEnvironment().getRequiredProperty("local.server.port", Integer.class);

            var answer = RawHttpClient.send(
                    port,
                    "GET " + TestHotRoute.PATH + " HTTP/1.1",
                    "Host: localhost",
                    "Connection: close",
                    "X-Request-Id: mine-1",
                    header);

            assertThat(answer)
                    .startsWith("HTTP/1.1 500 ")
                    .contains("application/problem+json", "\"code\":\"internal\"", "\"request_id\":\"mine-1\"");
        }
    }
}
