package dev.aicore.discovery.config.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aicore.discovery.config.telemetry.MetricFamily.Kind;
import dev.aicore.discovery.config.telemetry.MetricFamily.Sample;
import io.micrometer.core.instrument.Clock;
import io.micrometer.core.instrument.Timer;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PrometheusExporterTest {
    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

    @Test
    void metricFamily_isWrittenUnderUnchangedName() {
        registry.counter("ordinary", "a", "b").increment();
        var gauge = new MetricFamily("things_total", Kind.GAUGE, "Things.", () -> List.of(new Sample(Map.of(), 3)));
        var counter = new MetricFamily(
                "things_asked", Kind.COUNTER, "Asked.", () -> List.of(new Sample(Map.of("by", "a\"b\\c\nd"), 1e9)));

        assertThat(new PrometheusExporter(registry, List.of(gauge, counter)).scrape())
                .isEqualTo("""
                # HELP ordinary_total \s
                # TYPE ordinary_total counter
                ordinary_total{a="b"} 1.0
                # HELP things_total Things.
                # TYPE things_total gauge
                things_total 3.0
                # HELP things_asked Asked.
                # TYPE things_asked counter
                things_asked{by="a\\"b\\\\c\\nd"} 1.0E9
                """);
    }

    @Test
    void openMetrics_declareCountersWithoutSuffix() {
        registry.counter("ordinary", "a", "b").increment();
        var odd = new MetricFamily("things_asked", Kind.COUNTER, "Asked.", () -> List.of(new Sample(Map.of(), 1)));
        var even = new MetricFamily("done_total", Kind.COUNTER, "Done.", () -> List.of(new Sample(Map.of(), 2)));

        assertThat(new PrometheusExporter(registry, List.of(odd, even)).scrapeOpenMetrics())
                .contains("# TYPE ordinary counter\n", "ordinary_total{a=\"b\"} 1.0")
                .endsWith("""
                # HELP things_asked Asked.
                # TYPE things_asked unknown
                things_asked 1.0
                # HELP done Done.
                # TYPE done counter
                done_total 2.0
                # EOF
                """);
    }

    @Test
    void openMetrics_nameRecordedTraceOfBucket() {
        var timers = new PrometheusMeterRegistry(
                PrometheusConfig.DEFAULT, new PrometheusRegistry(), Clock.SYSTEM, new ExemplarSpanContext());
        var timer = Timer.builder("duration")
                .serviceLevelObjectives(Duration.ofSeconds(1))
                .register(timers);
        try (var traces = new RecordedTraces()) {
            var span = traces.begin("request");
            span.run(() -> timer.record(Duration.ofMillis(1)));

            assertThat(new PrometheusExporter(timers, List.of()).scrapeOpenMetrics())
                    .containsPattern("duration_seconds_bucket.* # \\{.*trace_id=\""
                            + span.context().traceId() + "\"");
        }
    }

    @Test
    void metricFamily_withoutSamples_isDeclared() {
        var unknown = new MetricFamily("things_total", Kind.GAUGE, "Things.", List::of);

        assertThat(new PrometheusExporter(registry, List.of(unknown)).scrape()).endsWith("# TYPE things_total gauge\n");
    }
}
