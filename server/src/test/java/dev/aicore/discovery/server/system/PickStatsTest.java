package dev.aicore.discovery.server.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Tests the statistics of picks and of connections in the whole registry. */
@Tag("integration")
class PickStatsTest {

    @TempDir
    static Path directory;

    private static RunningRegistry registry;

    @BeforeAll
    static void start() throws IOException {
        registry = RunningRegistry.start(directory, List.of("--service-discovery.projections.last-seen-interval=1s"));
    }

    @AfterAll
    static void stop() {
        registry.close();
    }

    @Test
    void activeConnections_ofHeartbeats_areShownInStats() throws IOException {
        var registered = registry.post("/api/v1/services", RegistryStoryTest.body("told-1", "told", 3_600));
        registry.post("/api/v1/services", RegistryStoryTest.body("told-2", "told", 3_600));
        for (int connections : new int[] {5, 17}) {
            assertThat(registry.post(
                                    "/api/v1/services/told-1/heartbeat",
                                    "{\"status\":\"healthy\",\"active_connections\":" + connections + "}")
                            .status())
                    .isEqualTo(200);
        }

        await().atMost(Duration.ofSeconds(30))
                .until(() -> stats("told").at("/instances/0/active_connections").asInt() == 17);
        var data = stats("told");
        assertThat(data.at("/instances").findValuesAsString("id")).containsExactly("told-1", "told-2");
        assertThat(data.at("/instances/0/connections_at").asString()).isNotEmpty();
        assertThat(data.at("/instances/1").has("active_connections")).isFalse();
        var itself = registry.get("/api/v1/services/told-1");
        assertThat(itself.headers().firstValue("ETag"))
                .isEqualTo(registered.headers().firstValue("ETag"));
        assertThat(itself.body().at("/data").has("active_connections")).isFalse();
    }

    @Test
    void resetOfPicks_clearsStatsAndIsAudited() throws IOException, SQLException {
        add("reset", 40);
        add("other", 2);
        assertThat(stats("reset").at("/picks").asLong()).isEqualTo(40);

        var begun = registry.delete("/api/v1/load-balancer/reset/stats", "the load test is over");

        assertThat(begun.status()).isEqualTo(200);
        var after = registry.get("/api/v1/load-balancer/reset/stats?wait=20s&min_position=" + begun.position());
        assertThat(after.status()).isEqualTo(200);
        assertThat(after.body().at("/data/picks").asLong()).isZero();
        assertThat(after.body().at("/data/since")).isEqualTo(begun.body().at("/data/since"));
        assertThat(stats("other").at("/picks").asLong()).isEqualTo(2);
        try (var connection = registry.store().connect();
                var statement = connection.createStatement();
                var row = statement.executeQuery("SELECT concat_ws('|', type, service, actor, reason, summary)"
                        + " FROM models.audit WHERE position = " + begun.position())) {
            assertThat(row.next()).isTrue();
            assertThat(row.getString(1))
                    .isEqualTo("PicksReset|reset|anonymous|the load test is over"
                            + "|the picks of reset were reset by anonymous");
        }
    }

    @Test
    void unknownService_hasNoPicks() throws IOException {
        var none = registry.get("/api/v1/load-balancer/nobody/stats");
        assertThat(none.status()).isEqualTo(200);
        assertThat(none.body().at("/data/picks").asLong()).isZero();
        assertThat(none.body().at("/data/instances")).isEmpty();
    }

    private static JsonNode stats(String service) throws IOException {
        return registry.get("/api/v1/load-balancer/" + service + "/stats")
                .body()
                .at("/data");
    }

    /** Adds picks as another node does. */
    private static void add(String service, int picks) throws SQLException {
        try (var connection = registry.store().connect();
                var statement = connection.createStatement()) {
            statement.execute("INSERT INTO models.picked_services (service, since, reset_position) VALUES ('" + service
                    + "', now(), 0)");
            statement.execute("INSERT INTO models.picks (service, strategy, instance_id, picks, picked_at) VALUES ('"
                    + service + "', 'random', 'a', " + picks + ", now())");
        }
    }
}
