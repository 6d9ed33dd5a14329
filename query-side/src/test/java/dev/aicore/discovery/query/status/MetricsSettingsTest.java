package dev.aicore.discovery.query.status;

import static dev.aicore.discovery.query.testing.ApiClient.problem;
import static org.assertj.core.api.Assertions.assertThat;

import dev.aicore.discovery.query.testing.QueryServer;
import java.util.Objects;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Tests metrics on another path, disabled, and without a database. A server that stops takes the event loops of all
 * other servers in the process with it.
 */
@Tag("integration")
class MetricsSettingsTest {

    private static final String METRICS = "--service-discovery.monitoring.metrics.";

    @Test
    void scrape_duringDatabaseOutage_omitsRegistryMetrics() {
        try (var away = server()) {
            assertThat(scraped(away, "/metrics"))
                    .contains("# TYPE service_discovery_services_total gauge\n")
                    .doesNotContain("\nservice_discovery_services_total");
        }
    }

    @Test
    void metrics_whenDisabled_return404() {
        try (var off = server(METRICS + "enabled=false")) {
            problem(off.client(), "/metrics", 404, "not_found");
        }
    }

    @Test
    void metrics_withConfiguredPath_moveToPath() {
        try (var elsewhere = server(METRICS + "path=/internal/prometheus")) {
            problem(elsewhere.client(), "/metrics", 404, "not_found");
            assertThat(scraped(elsewhere, "/internal/prometheus")).contains("jvm_memory_used_bytes");
        }
    }

    private static QueryServer server(String... settings) {
        return QueryServer.start("r2dbc:postgresql://127.0.0.1:1/nowhere", "nobody", "", null, settings);
    }

    private static String scraped(QueryServer server, String path) {
        return Objects.requireNonNull(server.client()
                .get()
                .uri(path)
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody(String.class)
                .returnResult()
                .getResponseBody());
    }
}
