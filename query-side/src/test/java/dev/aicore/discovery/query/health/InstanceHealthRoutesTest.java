package dev.aicore.discovery.query.health;

import static dev.aicore.discovery.query.testing.ApiClient.ok;
import static dev.aicore.discovery.query.testing.ApiClient.problem;
import static org.assertj.core.api.Assertions.assertThat;

import dev.aicore.discovery.api.health.BreakerState;
import dev.aicore.discovery.api.health.HealthState;
import dev.aicore.discovery.api.shard.ObservationKind;
import dev.aicore.discovery.query.testing.QueryFixture;
import dev.aicore.discovery.query.testing.ReadModelRows;
import dev.aicore.discovery.query.testing.SampleInstance;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.test.web.reactive.server.WebTestClient;

@Tag("integration")
class InstanceHealthRoutesTest {

    private static final String URI = "/api/v1/services/w-1/health";

    @RegisterExtension
    static final QueryFixture registry = new QueryFixture();

    private final ReadModelRows rows = registry.rows();
    private final WebTestClient client = registry.client();

    @BeforeEach
    void setWatermarks() {
        rows.watermark("instances", 50);
        rows.watermark("audit", 45);
    }

    @Test
    void health_withoutChanges_returnsCurrentStateOnly() {
        rows.instance(SampleInstance.of("web", "w-1").slot(7, 10), 10);

        var answer = ok(client, URI);

        assertThat(answer.path("meta").path("position").asLong()).isEqualTo(45);
        var data = answer.path("data");
        assertThat(data.path("name").asString()).isEqualTo("web");
        assertThat(data.path("status").asString()).isEqualTo("healthy");
        assertThat(data.path("monitored").asBoolean()).isTrue();
        assertThat(data.has("last_result")).isFalse();
        assertThat(data.path("health").path("turned_by").size()).isZero();
        assertThat(data.path("health").has("passes_needed")).isFalse();
        assertThat(data.path("circuit").toString()).isEqualTo("{\"state\":\"closed\"}");
        assertThat(data.path("lease").path("state").asString()).isEqualTo("live");
    }

    @Test
    void health_returnsEvidenceOfHealthAndCircuitChanges() {
        var web = SampleInstance.of("web", "w-1")
                .slot(7, 10)
                .health(HealthState.UNHEALTHY)
                .breaker(BreakerState.OPEN);
        rows.instance(web, 30);
        auditHealthChange(20, "{\"from\":\"healthy\",\"passes_needed\":0,\"results\":[]}");
        auditHealthChange(25, """
                {"from": "healthy", "to": "unhealthy", "consecutive": 1, "passes_needed": 4, "since": "added later",
                 "results": [{"at": "2026-11-23T12:00:20Z", "source": "check", "passed": false, "reason": "status 503",
                              "within_millis": 8}]}""");
        rows.auditOfRegistry(30, "w-1", "web", "CircuitChanged", "6 of 10 failed.", "It opened.", """
                {"from": "closed", "to": "open", "calls": 10, "failures": 6, "slow": 1, "retry_at": "2026-11-23T12:01:00Z"}""");
        rows.auditOfRegistry(
                31, "w-1", "web", "MonitoringSwitched", "", "Its checks were stopped.", "{\"monitored\": false}");

        var data = ok(client, URI).path("data");

        assertThat(data.path("status").asString()).isEqualTo("unhealthy");
        assertThat(data.path("monitored").asBoolean()).isFalse();
        var health = data.path("health");
        assertThat(health.path("passes_needed").asInt()).isEqualTo(4);
        assertThat(health.path("turned_by").toString())
                .isEqualTo("[{\"at\":\"2026-11-23T12:00:20.000Z\",\"source\":\"check\",\"passed\":false,"
                        + "\"reason\":\"status 503\",\"within_millis\":8}]");
        assertThat(data.path("circuit").toString())
                .isEqualTo("{\"state\":\"open\",\"since\":\"2026-11-23T12:00:30.000Z\",\"cause\":\"6 of 10 failed.\","
                        + "\"calls\":10,\"failures\":6,\"slow\":1,\"retry_at\":\"2026-11-23T12:01:00.000Z\"}");
    }

    @Test
    void health_returnsLastCheckResult() {
        rows.instance(SampleInstance.of("web", "w-1").slot(7, 10), 10);
        rows.result(3, 7, 12, ReadModelRows.AT, ObservationKind.CHECK_FAILED, 503 << 4 | 8, 4);

        var result = ok(client, URI).path("data").path("last_result");

        assertThat(result.toString())
                .isEqualTo("{\"at\":\"2026-11-23T12:00:00.000Z\",\"source\":\"check\",\"passed\":false,"
                        + "\"reason\":\"status 503\",\"within_millis\":16}");
    }

    @Test
    void health_ofReusedSlot_ignoresResultOfPreviousOccupant() {
        rows.instance(SampleInstance.of("web", "w-1").slot(7, 10), 10);
        rows.result(3, 7, 9, ReadModelRows.AT, ObservationKind.CHECK_PASSED, 4, 0);

        assertThat(ok(client, URI).path("data").has("last_result")).isFalse();
    }

    @Test
    void health_ofUnknownInstance_returns404() {
        problem(client, URI, 404, "unknown_instance");
    }

    private void auditHealthChange(long position, String evidence) {
        rows.auditOfRegistry(position, "w-1", "web", "HealthChanged", "status 503", "It turned.", evidence);
    }
}
