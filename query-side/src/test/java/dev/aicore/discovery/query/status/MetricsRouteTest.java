package dev.aicore.discovery.query.status;

import static dev.aicore.discovery.query.testing.ApiClient.ok;
import static dev.aicore.discovery.query.testing.ApiClient.problem;
import static org.assertj.core.api.Assertions.assertThat;

import dev.aicore.discovery.query.testing.QueryFixture;
import dev.aicore.discovery.query.testing.SampleInstance;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.test.web.reactive.server.WebTestClient;

/** Tests the output for Prometheus: dashboards depend on the exact names and types. */
@Tag("integration")
class MetricsRouteTest {

    @RegisterExtension
    static final QueryFixture registry = new QueryFixture();

    private static final Pattern TYPE = Pattern.compile("^# TYPE (\\S+) (\\S+)$", Pattern.MULTILINE);

    private final WebTestClient client = registry.client();

    @Test
    void metrics_haveDocumentedNamesAndTypes() {
        ok(client, "/api/v1/services");

        var types = TYPE.matcher(scrape(client))
                .results()
                .filter(type -> type.group(1).startsWith("service_discovery_"))
                .filter(type -> !type.group(1).endsWith("_max"))
                .collect(Collectors.toMap(type -> type.group(1), type -> type.group(2)));

        assertThat(types)
                .containsExactlyInAnyOrderEntriesOf(Map.ofEntries(
                        Map.entry("service_discovery_services_total", "gauge"),
                        Map.entry("service_discovery_healthy_services", "gauge"),
                        Map.entry("service_discovery_overdue_instances", "gauge"),
                        Map.entry("service_discovery_damped_instances", "gauge"),
                        Map.entry("service_discovery_check_ready", "gauge"),
                        Map.entry("service_discovery_discoveries_dropped_total", "counter"),
                        Map.entry("service_discovery_store_position", "gauge"),
                        Map.entry("service_discovery_projection_lag_events", "gauge"),
                        Map.entry("service_discovery_preserving_services", "gauge"),
                        Map.entry("service_discovery_projection_failed", "gauge"),
                        Map.entry("service_discovery_circuit_breaker_open", "gauge"),
                        Map.entry("service_discovery_shards_open", "gauge"),
                        Map.entry("service_discovery_shards_failed", "gauge"),
                        Map.entry("service_discovery_requests_total", "counter"),
                        Map.entry("service_discovery_request_duration_seconds", "histogram"),
                        Map.entry("service_discovery_health_checks_total", "counter"),
                        Map.entry("service_discovery_cache_lookups_total", "counter"),
                        Map.entry("service_discovery_load_balancer_requests", "counter"),
                        Map.entry("service_discovery_connections_open", "gauge"),
                        Map.entry("service_discovery_connections_refused_total", "counter"),
                        Map.entry("service_discovery_connections_evicted_total", "counter"),
                        Map.entry("service_discovery_watchers", "gauge"),
                        Map.entry("service_discovery_watchers_refused_total", "counter")));
    }

    @Test
    void metrics_countRequestsAndInstances() {
        registry.rows().instance(SampleInstance.of("web", "a"), 1);
        registry.rows().instance(SampleInstance.of("web", "b").expired(), 2);
        registry.rows().watermark("instances", 2);
        registry.rows().head(5);
        ok(client, "/api/v1/discover?service_name=web");
        ok(client, "/api/v1/discover?service_name=made-up-by-a-caller&load_balancing_strategy=random");
        problem(client, "/api/v1/services/nobody-there", 404, "unknown_instance");

        Awaitility.await()
                .untilAsserted(
                        () -> assertThat(scrape(client).lines())
                                .contains(
                                        "service_discovery_services_total 2.0",
                                        "service_discovery_healthy_services 1.0",
                                        "service_discovery_store_position 5.0",
                                        "service_discovery_projection_lag_events{projection=\"instances\"} 3.0",
                                        "service_discovery_check_ready{check=\"postgres\"} 1.0",
                                        "service_discovery_health_checks_total{result=\"failed\",type=\"ttl\"} 0.0",
                                        "service_discovery_load_balancer_requests{strategy=\"round_robin\",service=\"web\"} 1.0",
                                        "service_discovery_load_balancer_requests{strategy=\"random\",service=\"_unknown\"} 1.0",
                                        "service_discovery_requests_total{method=\"GET\",route=\"/api/v1/services/{id}\",status=\"404\"} 1.0"));
        assertThat(scrape(client))
                .contains(
                        "service_discovery_request_duration_seconds_bucket{method=\"GET\",route=\"/api/v1/discover\",le=")
                .contains("jvm_memory_used_bytes{", "process_cpu_usage ", "process_uptime_seconds ")
                .containsPattern("process_cpu_seconds_total [1-9]")
                .doesNotContain("process_cpu_time", "nobody-there", "made-up-by-a-caller");
    }

    @Test
    void scrape_withOpenMetricsAccept_returnsOpenMetrics() {
        client.get()
                .uri("/metrics")
                .header("Accept", "application/openmetrics-text;version=1.0.0,text/plain;version=0.0.4;q=0.5")
                .exchange()
                .expectStatus()
                .isOk()
                .expectHeader()
                .valueEquals("Content-Type", "application/openmetrics-text;version=1.0.0;charset=utf-8")
                .expectBody(String.class)
                .value(text -> assertThat(text).endsWith("# EOF\n"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"nonsense", "a/b;q=2"})
    void scrape_withMalformedAccept_returns406(String accept) {
        client.get()
                .uri("/metrics")
                .header("Accept", accept)
                .exchange()
                .expectStatus()
                .isEqualTo(406);
    }

    private static String scrape(WebTestClient client) {
        return Objects.requireNonNull(client.get()
                .uri("/metrics")
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody(String.class)
                .returnResult()
                .getResponseBody());
    }
}
