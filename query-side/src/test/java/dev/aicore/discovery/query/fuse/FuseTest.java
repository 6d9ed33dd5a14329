package dev.aicore.discovery.query.fuse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.aicore.discovery.api.status.StatusPart;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

class FuseTest {

    private final Fuse fuse = new Fuse("store", IOException.class::isInstance);

    @Test
    void failuresOfTheStoreOpenIt() {
        for (int i = 0; i < 10; i++) {
            assertThatThrownBy(() -> call(Mono.error(new IOException("away")))).hasRootCauseMessage("away");
        }

        assertThat(fuse.status()).isEqualTo(new StatusPart.Breaker("store", "open"));
        assertThatThrownBy(() -> call(Mono.just("asked"))).hasRootCauseMessage("blown");
    }

    @Test
    void otherFailuresAreAnswers() {
        for (int i = 0; i < 30; i++) {
            assertThatThrownBy(() -> call(Mono.error(new IllegalArgumentException("no such thing"))))
                    .hasRootCauseMessage("no such thing");
        }

        assertThat(fuse.status().state()).isEqualTo("closed");
        assertThat(call(Mono.just("asked"))).isEqualTo("asked");
    }

    /** Event loops that were made to wait here would fail: see the watch over them. */
    @Test
    void manyEventLoopsPassItAtOnce() throws Exception {
        int calls = 200_000;

        var passed = Flux.range(0, calls)
                .parallel(8)
                .runOn(Schedulers.parallel())
                .flatMap(i -> fuse.guard(Mono.just(i), () -> new IOException("blown")))
                .sequential()
                .count();

        assertThat(passed.toFuture().get()).isEqualTo(calls);
    }

    private String call(Mono<String> call) {
        return fuse.guard(call, () -> new IOException("blown")).toFuture().join();
    }
}
