package dev.aicore.discovery.query.consistency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.aicore.discovery.api.error.RegistryException;
import dev.aicore.discovery.readmodel.LocalWatermarks;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

class ReadYourWritesBarrierTest {

    private static final Duration PATIENCE = Duration.ofSeconds(1);

    /** Polls fail so for a caller that joins them while the last other one gives up. */
    @Test
    void awaitPosition_ifItsPollsAreCancelled_waitsForOthers() {
        var looks = new AtomicInteger();
        Mono<Map<String, Long>> watermarks = Mono.defer(() -> looks.incrementAndGet() == 1
                ? Mono.error(new CancellationException("Disconnected"))
                : Mono.just(Map.of("instances", 0L)));
        var barrier = new ReadYourWritesBarrier(watermarks, LocalWatermarks.none(), Schedulers.parallel());

        var wait = barrier.awaitPosition(new ConsistencyRequirement(1, PATIENCE), Set.of("instances"));

        assertThatExceptionOfType(RegistryException.class)
                .isThrownBy(wait::block)
                .withMessageContaining("Position 1 did not become visible");
        assertThat(looks).hasValueGreaterThan(1);
    }
}
