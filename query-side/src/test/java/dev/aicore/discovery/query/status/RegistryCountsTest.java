package dev.aicore.discovery.query.status;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aicore.discovery.api.status.StatusView.Registry;
import dev.aicore.discovery.config.metrics.Family.Sample;
import dev.aicore.discovery.config.time.ManualTime;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

class RegistryCountsTest {

    private final ManualTime time = ManualTime.atNoon();
    private final Registry registry = new Registry(2, 5, Map.of("healthy", 3L), 0, 0, List.of());

    @Test
    void manyScrapesAreOneRead() {
        var reads = new AtomicInteger();
        var counts = new RegistryCounts(
                Mono.fromSupplier(() -> {
                    reads.incrementAndGet();
                    return registry;
                }),
                time);

        counts.refresh().block();
        counts.refresh().block();

        assertThat(reads).hasValue(1);
        assertThat(counts.sample(Registry::instances)).containsExactly(new Sample(Map.of(), 5));
    }

    @Test
    void aReadThatHangsOrFailsHangsOrFailsNoScrape() {
        var hanging = new RegistryCounts(Mono.never(), time);
        var failing = new RegistryCounts(Mono.error(new IllegalStateException("away")), time);

        hanging.refresh().block();
        failing.refresh().block();

        assertThat(hanging.sample(Registry::instances)).isEmpty();
        assertThat(failing.sample(Registry::instances)).isEmpty();
    }

    @Test
    void whatNobodyConfirmedForAMinuteIsNotTold() {
        var counts = new RegistryCounts(Mono.just(registry), time);
        counts.refresh().block();

        time.pass(Duration.ofMinutes(1));
        assertThat(counts.sample(Registry::instances)).hasSize(1);
        time.pass(Duration.ofMillis(1));
        assertThat(counts.sample(Registry::instances)).isEmpty();
    }
}
