package dev.aicore.discovery.query.status;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aicore.discovery.api.status.RegistryStatusView.Registry;
import dev.aicore.discovery.config.telemetry.MetricFamily.Sample;
import dev.aicore.discovery.config.time.ManualTimeSource;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

class RegistryMetricsTest {

    private final ManualTimeSource time = ManualTimeSource.atNoon();
    private final Registry registry = new Registry(2, 5, Map.of("healthy", 3L), 0, 0, 0, List.of());

    @Test
    void repeatedScrapes_shareOneRead() {
        var reads = new AtomicInteger();
        var metrics = new RegistryMetrics(
                Mono.fromSupplier(() -> {
                    reads.incrementAndGet();
                    return registry;
                }),
                time);

        metrics.refresh().block();
        metrics.refresh().block();

        assertThat(reads).hasValue(1);
        assertThat(metrics.sample(Registry::instances)).containsExactly(new Sample(Map.of(), 5));
    }

    @Test
    void hangingOrFailingRead_doesNotAffectScrape() {
        var hanging = new RegistryMetrics(Mono.never(), time);
        var failing = new RegistryMetrics(Mono.error(new IllegalStateException("away")), time);

        hanging.refresh().block();
        failing.refresh().block();

        assertThat(hanging.sample(Registry::instances)).isEmpty();
        assertThat(failing.sample(Registry::instances)).isEmpty();
    }

    @Test
    void metrics_withoutRefreshForOneMinute_areOmitted() {
        var metrics = new RegistryMetrics(Mono.just(registry), time);
        metrics.refresh().block();

        time.pass(Duration.ofMinutes(1));
        assertThat(metrics.sample(Registry::instances)).hasSize(1);
        time.pass(Duration.ofMillis(1));
        assertThat(metrics.sample(Registry::instances)).isEmpty();
    }
}
