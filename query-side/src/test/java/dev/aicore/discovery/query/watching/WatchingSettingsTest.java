package dev.aicore.discovery.query.watching;

import static dev.aicore.discovery.query.testing.ApiClient.problem;
import static org.assertj.core.api.Assertions.assertThat;

import dev.aicore.discovery.query.testing.QueryFixture;
import dev.aicore.discovery.query.testing.SseEventReader;
import java.io.IOException;
import java.util.Objects;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Tests the limit of watchers, by streams and by waiting responses, and the metrics of those admitted and refused. */
@Tag("integration")
class WatchingSettingsTest {

    private static final String WATCH = "/api/v1/watch?service_name=web";

    @RegisterExtension
    static final QueryFixture registry = QueryFixture.with("--service-discovery.registry.watching.max-watchers=1");

    @Test
    void watchers_beyondConfiguredLimit_areRefusedAndCounted() throws IOException {
        registry.rows().watermark("instances", 1);
        try (var reader = new SseEventReader(registry.server().address() + WATCH, null)) {
            assertThat(reader.next()).isNotNull();

            problem(registry.client(), WATCH, 503, "overloaded");
            problem(registry.client(), "/api/v1/discover?service_name=web&index=1&wait=30s", 503, "overloaded");

            assertThat(scrape().lines())
                    .contains("service_discovery_watchers 1.0", "service_discovery_watchers_refused_total 2.0");
        }
    }

    private static String scrape() {
        return Objects.requireNonNull(registry.client()
                .get()
                .uri("/metrics")
                .exchange()
                .expectBody(String.class)
                .returnResult()
                .getResponseBody());
    }
}
