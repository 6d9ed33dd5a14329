package dev.aicore.discovery.query.consistency;

import static dev.aicore.discovery.query.testing.ApiClient.ids;
import static dev.aicore.discovery.query.testing.ApiClient.ok;
import static dev.aicore.discovery.query.testing.ApiClient.problem;
import static dev.aicore.discovery.query.testing.ApiClient.texts;
import static org.assertj.core.api.Assertions.assertThat;

import dev.aicore.discovery.api.health.HealthState;
import dev.aicore.discovery.api.instance.AdminState;
import dev.aicore.discovery.query.testing.QueryFixture;
import dev.aicore.discovery.query.testing.ReadModelRows;
import dev.aicore.discovery.query.testing.SampleInstance;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.test.web.reactive.server.WebTestClient;

/**
 * Tests the routes with a point in time. Facts are recorded one second apart: position 10 was recorded 10 s after noon.
 */
@Tag("integration")
class AsOfRoutesTest {

    @RegisterExtension
    static final QueryFixture registry = new QueryFixture();

    private final ReadModelRows rows = registry.rows();
    private final WebTestClient client = registry.client();

    /** Creates w-1 at 10, in maintenance at 20 and deregistered at 40, and w-2 at 30, unhealthy at 50. */
    @BeforeEach
    void createHistory() {
        var one = SampleInstance.of("web", "w-1");
        var two = SampleInstance.of("web", "w-2").tags("blue");
        rows.version(one, 10, 20L, null);
        rows.version(one.declared(AdminState.MAINTENANCE), 20, 40L, null);
        rows.version(one.declared(AdminState.MAINTENANCE), 40, null, "deregistered");
        rows.version(two, 30, 50L, null);
        rows.version(two.health(HealthState.UNHEALTHY), 50, null, null);
        rows.instance(two.health(HealthState.UNHEALTHY), 50);
        for (long position = 10; position <= 50; position += 10) {
            rows.audit(
                    position, position == 30 || position == 50 ? "w-2" : "w-1", "web", "HealthChanged", "It changed.");
            rows.fact(position);
        }
        rows.watermark("instances", 60);
        rows.watermark("audit", 60);
        rows.head(60);
    }

    @ParameterizedTest
    @CsvSource({
        "10, w-1:healthy", "19, w-1:healthy", "20, w-1:maintenance", "29, w-1:maintenance",
                "30, w-1:maintenance w-2:healthy",
        "39, w-1:maintenance w-2:healthy", "40, w-2:healthy", "49, w-2:healthy", "50, w-2:unhealthy",
                "60, w-2:unhealthy"
    })
    void instanceLists_asOfPosition_returnPastStates(String position, String expected) {
        assertThat(statuses("/api/v1/services?at=" + position)).isEqualTo(expected);
        assertThat(statuses("/api/v1/services/web/instances?at=" + position)).isEqualTo(expected);
        assertThat(statuses("/api/v1/services?service_name=web&at=" + position)).isEqualTo(expected);
    }

    @Test
    void asOfInstant_resolvesToLastPositionUpToInstant() {
        assertThat(statuses("/api/v1/services?at=2026-11-23T12:00:19.999Z")).isEqualTo("w-1:healthy");
        assertThat(statuses("/api/v1/services?at=2026-11-23T12:00:20Z")).isEqualTo("w-1:maintenance");
        var meta = ok(client, "/api/v1/services?at=2026-11-23T14:00:45%2B02:00").path("meta");
        assertThat(meta.path("position").asLong()).isEqualTo(40);
        assertThat(meta.path("at").asString()).isEqualTo("2026-11-23T12:00:45.000Z");
        assertThat(meta.path("past").asBoolean()).isTrue();
    }

    @Test
    void asOfPosition_reportsTimeOfLastFact() {
        var meta = ok(client, "/api/v1/services?at=45").path("meta");

        assertThat(meta.path("position").asLong()).isEqualTo(45);
        assertThat(meta.path("at").asString()).isEqualTo("2026-11-23T12:00:40.000Z");
    }

    @Test
    void instance_asOfPosition_returnsPastStateOr404() {
        assertThat(ok(client, "/api/v1/services/w-1?at=15").at("/data/status").asString())
                .isEqualTo("healthy");
        assertThat(ok(client, "/api/v1/services/w-1?at=25").at("/data/status").asString())
                .isEqualTo("maintenance");
        assertThat(problem(client, "/api/v1/services/w-1?at=45", 404, "unknown_instance")
                        .path("detail")
                        .asString())
                .startsWith("The instance 'w-1' was not registered at 2026-11-23T12:00:40.000Z");
        problem(client, "/api/v1/services/w-2?at=29", 404, "unknown_instance");
    }

    @Test
    void serviceNames_asOfPosition_returnPastCounts() {
        var then = ok(client, "/api/v1/service-names?at=35").at("/data/services/0");

        assertThat(then.path("name").asString()).isEqualTo("web");
        assertThat(then.path("instances").asLong()).isEqualTo(2);
        assertThat(then.at("/by_status/maintenance").asLong()).isEqualTo(1);
    }

    @Test
    void discover_asOfPosition_returnsPastInstancesOrderedById() {
        assertThat(ids(ok(client, "/api/v1/discover?service_name=web&at=15"))).containsExactly("w-1");
        assertThat(ids(ok(client, "/api/v1/discover?service_name=web&at=25"))).isEmpty();
        assertThat(ids(ok(client, "/api/v1/discover?service_name=web&at=35&tag=blue")))
                .containsExactly("w-2");
        assertThat(ids(ok(client, "/api/v1/discover?service_name=web&at=35&tag=red")))
                .isEmpty();
        var then = ok(client, "/api/v1/discover?service_name=web&at=55&include_unhealthy=1");
        assertThat(ids(then)).containsExactly("w-2");
        assertThat(then.at("/data/strategy").asString()).isEqualTo("id");
        assertThat(then.at("/data/panic").asBoolean()).isTrue();
        assertThat(then.at("/meta/past").asBoolean()).isTrue();
    }

    @Test
    void discover_asOfPosition_isNotCountedAsDiscovery() {
        var before = discoveryCounts();
        ok(client, "/api/v1/discover?service_name=web&at=15");
        assertThat(discoveryCounts()).isEqualTo(before);

        ok(client, "/api/v1/discover?service_name=web");
        assertThat(discoveryCounts()).isNotEqualTo(before);
    }

    private List<String> discoveryCounts() {
        var metrics = client.get()
                .uri("/metrics")
                .exchange()
                .expectBody(String.class)
                .returnResult()
                .getResponseBody();
        return Objects.requireNonNull(metrics)
                .lines()
                .filter(line -> line.startsWith("service_discovery_load_balancer_requests{"))
                .toList();
    }

    @Test
    void acceptDatetime_returnsMementoDatetimeAndPosition() {
        for (var uri : new String[] {"/api/v1/services", "/api/v1/discover?service_name=web", "/api/v1/services/w-1"}) {
            client.get()
                    .uri(uri)
                    .header("Accept-Datetime", "Mon, 23 Nov 2026 12:00:15 GMT")
                    .exchange()
                    .expectStatus()
                    .isOk()
                    .expectHeader()
                    .valueEquals("Memento-Datetime", "Mon, 23 Nov 2026 12:00:15 GMT")
                    .expectHeader()
                    .valueEquals("Vary", "Accept-Datetime")
                    .expectHeader()
                    .valueEquals("X-Registry-Position", "10");
        }
        client.get()
                .uri("/api/v1/services")
                .header("Accept-Datetime", "yesterday")
                .exchange()
                .expectStatus()
                .isBadRequest();
        client.get()
                .uri("/api/v1/services?min_position=15")
                .header("Accept-Datetime", "Mon, 23 Nov 2026 12:00:15 GMT")
                .exchange()
                .expectStatus()
                .isBadRequest();
        client.get()
                .uri("/api/v1/services?at=15")
                .header("Accept-Datetime", "Mon, 23 Nov 2026 12:00:15 GMT")
                .exchange()
                .expectStatus()
                .isBadRequest();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/v1/services?",
                "/api/v1/services/w-1?",
                "/api/v1/discover?service_name=web&",
                "/api/v1/service-names?"
            })
    void asOf_outsideStoredHistory_isRefused(String uri) {
        var ahead = problem(client, uri + "at=61", 410, "other_store");
        assertThat(ahead.at("/errors/0/expected").asString()).isEqualTo("a position up to 60");
        var before = problem(client, uri + "at=9", 410, "history_compacted");
        assertThat(before.at("/errors/0/expected").asString())
                .isEqualTo("position 10 (2026-11-23T12:00:10.000Z) or a later point in time");
        problem(client, uri + "at=2026-11-23T12:00:09.999Z", 410, "history_compacted");
        problem(client, uri + "at=2999-01-01T00:00:00Z", 400, "validation_failed");
        problem(client, uri + "at=soon", 400, "validation_failed");
    }

    @Test
    void asOf_aheadOfWatermark_waitsForReadModels() {
        rows.head(70);
        rows.fact(65);

        problem(client, "/api/v1/services?at=66&wait=30ms", 409, "not_yet_visible");
        problem(client, "/api/v1/services?at=-0s&wait=30ms", 409, "not_yet_visible");
        assertThat(statuses("/api/v1/services?at=45&wait=0s")).isEqualTo("w-2:healthy");
        rows.watermark("instances", 70);
        rows.watermark("audit", 70);
        assertThat(statuses("/api/v1/services?at=66&wait=30ms")).isEqualTo("w-2:unhealthy");
    }

    /** Simulates an append: the event is recorded before it becomes visible to others. */
    @Test
    void asOfNow_duringUncommittedAppend_waitsForCommit() throws SQLException {
        try (var append = registry.postgres().pool().getConnection();
                var statement = append.createStatement()) {
            append.setAutoCommit(false);
            statement.execute("UPDATE store.head SET position = 65");
            statement.execute("INSERT INTO store.facts (position, seq, recorded_at, shard, revision, type, payload)"
                    + " VALUES (65, 65, clock_timestamp(), 0, 1, 'InstanceUpdated', '{}')");

            problem(client, "/api/v1/services?at=-0s&wait=30ms", 409, "not_yet_visible");
            assertThat(statuses("/api/v1/services?at=-1h")).isEqualTo("w-2:unhealthy");
            var waiting = CompletableFuture.supplyAsync(() -> ok(client, "/api/v1/services?at=-0s&wait=30s"));
            append.commit();
            rows.audit(65, "w-1", "web", "InstanceUpdated", "It changed.");
            rows.watermark("instances", 65);
            rows.watermark("audit", 65);

            assertThat(waiting.join().at("/meta/position").asLong()).isEqualTo(65);
        }
    }

    @Test
    void paging_asOfPosition_returnsAllInstances() {
        var first = ok(client, "/api/v1/services?at=35&limit=1");
        assertThat(ids(first)).containsExactly("w-1");
        var cursor = first.at("/meta/next_cursor").asString();
        var second = ok(client, "/api/v1/services?at=35&limit=1&cursor=" + cursor);
        assertThat(ids(second)).containsExactly("w-2");
        assertThat(second.path("meta").has("next_cursor")).isFalse();
    }

    @Test
    void asOf_withMinPositionOrIndex_returns400() {
        problem(client, "/api/v1/services?at=35&min_position=10", 400, "validation_failed");
        problem(client, "/api/v1/discover?service_name=web&at=35&index=10", 400, "validation_failed");
    }

    private String statuses(String uri) {
        var services = ok(client, uri).path("data").path("services");
        var statuses = texts(services, "status").iterator();
        return String.join(
                " ",
                texts(services, "id").stream()
                        .map(id -> id + ":" + statuses.next())
                        .toList());
    }
}
