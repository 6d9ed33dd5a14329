package dev.aicore.discovery.config.settings;

import static dev.aicore.discovery.config.settings.SettingsFixture.bound;
import static dev.aicore.discovery.config.settings.SettingsFixture.refused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.aicore.discovery.config.settings.MonitoringSettings.MetricsSettings;
import dev.aicore.discovery.config.settings.MonitoringSettings.TracingSettings;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.util.unit.DataSize;

class MonitoringSettingsTest {

    @Test
    void defaults_haveExpectedValues() {
        SettingsBinder defaults = SettingsBinder.defaults();
        assertThat(defaults.get(MetricsSettings.class)).isEqualTo(new MetricsSettings(true, "/metrics"));
        assertThat(defaults.get(TracingSettings.class))
                .isEqualTo(new TracingSettings(false, "http://localhost:4318/v1/traces", 1.0));
        assertThat(defaults.get(LoggingSettings.class))
                .isEqualTo(new LoggingSettings("info", "text", null, DataSize.ofMegabytes(16), 4, 100));
    }

    @Test
    void monitoringKeys_areBoundToRecords() {
        assertThat(bound(
                        MetricsSettings.class,
                        Map.of("monitoring.metrics.enabled", false, "monitoring.metrics.path", "/internal/prometheus")))
                .isEqualTo(new MetricsSettings(false, "/internal/prometheus"));
        assertThat(bound(
                        TracingSettings.class,
                        Map.of(
                                "monitoring.tracing.enabled",
                                true,
                                "monitoring.tracing.jaeger_endpoint",
                                "https://traces.example/api")))
                .isEqualTo(new TracingSettings(true, "https://traces.example/api", 1.0));
        assertThat(bound(
                        LoggingSettings.class,
                        Map.of("monitoring.logging.level", "warn", "monitoring.logging.format", "json")))
                .isEqualTo(new LoggingSettings("warn", "json", null, DataSize.ofMegabytes(16), 4, 100));
    }

    @Test
    void invalidValue_isRefused() {
        refused(
                MetricsSettings.class,
                "monitoring.metrics.path",
                "metrics",
                "monitoring.metrics.path is 'metrics', expected a path such as /metrics");
        refused(
                TracingSettings.class,
                "monitoring.tracing.jaeger_endpoint",
                "jaeger:14268",
                "monitoring.tracing.jaeger_endpoint is 'jaeger:14268', expected an http or https URL");
        refused(
                LoggingSettings.class,
                "monitoring.logging.level",
                "loud",
                "monitoring.logging.level is 'loud', expected one of trace, debug, info, warn, error, off");
    }
}
