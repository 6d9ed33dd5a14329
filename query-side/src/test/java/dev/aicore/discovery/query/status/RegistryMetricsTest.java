package dev.aicore.discovery.query.status;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aicore.discovery.api.status.RegistryStatusView;
import dev.aicore.discovery.api.status.RegistryStatusView.Registry;
import dev.aicore.discovery.config.telemetry.MetricFamily.Sample;
import dev.aicore.discovery.config.time.ManualTimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

class RegistryMetricsTest {

    private final ManualTimeSource time = ManualTimeSource.atNoon();
    private final RegistryStatusView status = status(new Registry(2, 5, Map.of("healthy", 3L), 0, 0, 0, List.of()));

    @Test
    void repeatedScrapes_shareOneRead() {
        var reads = new AtomicInteger();
        var metrics = new RegistryMetrics(
                Mono.fromSupplier(() -> {
                    reads.incrementAndGet();
                    return status;
                }),
                time);

        metrics.refresh().block();
        metrics.refresh().block();

        assertThat(reads).hasValue(1);
        assertThat(metrics.count(Registry::instances)).containsExactly(new Sample(Map.of(), 5));
    }

    @Test
    void hangingOrFailingRead_doesNotAffectScrape() {
        var hanging = new RegistryMetrics(Mono.never(), time);
        var failing = new RegistryMetrics(Mono.error(new IllegalStateException("away")), time);

        hanging.refresh().block();
        failing.refresh().block();

        assertThat(hanging.count(Registry::instances)).isEmpty();
        assertThat(failing.count(Registry::instances)).isEmpty();
    }

    @Test
    void metrics_withoutRefreshForOneMinute_areOmitted() {
        var metrics = new RegistryMetrics(Mono.just(status), time);
        metrics.refresh().block();

        time.pass(Duration.ofMinutes(1));
        assertThat(metrics.count(Registry::instances)).hasSize(1);
        time.pass(Duration.ofMillis(1));
        assertThat(metrics.count(Registry::instances)).isEmpty();
    }

    @Test
    void counts_withoutDatabase_areRetained() {
        var metrics = new RegistryMetrics(Mono.never(), time);

        metrics.keep(status);
        metrics.keep(status(null));

        assertThat(metrics.count(Registry::instances)).containsExactly(new Sample(Map.of(), 5));
    }

    private static RegistryStatusView status(@Nullable Registry registry) {
        return new RegistryStatusView(
                "1",
                "test",
                "all",
                "node",
                Instant.EPOCH,
                0,
                true,
                List.of(),
                List.of(),
                null,
                null,
                List.of(),
                null,
                registry,
                List.of(),
                null);
    }
}
