package dev.aicore.discovery.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.aicore.discovery.access.hotpath.HotRoute;
import dev.aicore.discovery.config.testing.RawHttpClient;
import dev.aicore.discovery.web.ResponseWriter;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.io.buffer.DataBuffer;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Tests that metrics count a stream of the hot path as one request, however it began and whichever side ended it. */
class HotPathStreamTest {

    private static final AtomicInteger CANCELLED = new AtomicInteger();

    @Configuration(proxyBeanMethods = false)
    static class Streaming {
        @Bean
        HotRoute hot() {
            return new TestHotRoute(_ -> Mono.delay(Duration.ofMillis(1)).map(_ -> stream()));
        }

        private static ResponseWriter.StreamWriter stream() {
            return response -> {
                Flux<DataBuffer> first =
                        Flux.just(response.bufferFactory().wrap("begun".getBytes(StandardCharsets.UTF_8)));
                return response.writeAndFlushWith(Flux.just(first).concatWith(Flux.never()))
                        .doOnCancel(CANCELLED::incrementAndGet);
            };
        }
    }

    @Test
    void cancelledStream_onHotPath_isCountedOnce() {
        try (var server = TestServer.on("127.0.0.1", Streaming.class).run()) {
            int port = server.getEnvironment().getRequiredProperty("local.server.port", Integer.class);

            assertThat(RawHttpClient.sendAndReadUntil(
                            port, "begun", "GET " + TestHotRoute.PATH + " HTTP/1.1", "Host: localhost"))
                    .contains(" 200 ");
            await().until(() -> CANCELLED.get() == 1);

            var counted = server.getBean(MeterRegistry.class).getMeters().stream()
                    .filter(meter -> TestHotRoute.PATH.equals(meter.getId().getTag("route")))
                    .filter(Counter.class::isInstance)
                    .map(meter -> meter.getId().getTag("status") + " " + ((Counter) meter).count());
            assertThat(counted).containsExactly("200 1.0");
        }
    }
}
