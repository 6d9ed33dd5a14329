package dev.aicore.discovery.readmodel.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.aicore.discovery.api.status.ComponentStatus;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

class StoreCircuitBreakerTest {

    private final StoreCircuitBreaker storeCircuitBreaker =
            new StoreCircuitBreaker("store", IOException.class::isInstance);

    @Test
    void storeFailures_openBreaker() {
        for (int i = 0; i < 10; i++) {
            assertThatThrownBy(() -> call(Mono.error(new IOException("away")))).hasRootCauseMessage("away");
        }

        assertThat(storeCircuitBreaker.status()).isEqualTo(new ComponentStatus.Breaker("store", "open"));
        assertThatThrownBy(() -> call(Mono.just("asked"))).hasRootCauseMessage("blown");
    }

    @Test
    void otherFailures_leaveBreakerClosed() {
        for (int i = 0; i < 30; i++) {
            assertThatThrownBy(() -> call(Mono.error(new IllegalArgumentException("no such thing"))))
                    .hasRootCauseMessage("no such thing");
        }

        assertThat(storeCircuitBreaker.status().state()).isEqualTo("closed");
        assertThat(call(Mono.just("asked"))).isEqualTo("asked");
    }

    /** The test fails if an event loop is blocked, because the tests watch the event loops. */
    @Test
    void concurrentCalls_passWithoutBlocking() throws Exception {
        int calls = 200_000;

        var passed = Flux.range(0, calls)
                .parallel(8)
                .runOn(Schedulers.parallel())
                .flatMap(i -> storeCircuitBreaker.protect(Mono.just(i), () -> new IOException("blown")))
                .sequential()
                .count();

        assertThat(passed.toFuture().get()).isEqualTo(calls);
    }

    private String call(Mono<String> call) {
        return storeCircuitBreaker
                .protect(call, () -> new IOException("blown"))
                .toFuture()
                .join();
    }
}
