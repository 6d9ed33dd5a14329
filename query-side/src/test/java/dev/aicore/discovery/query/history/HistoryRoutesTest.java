package dev.aicore.discovery.query.history;

import static dev.aicore.discovery.query.testing.ApiClient.ok;
import static dev.aicore.discovery.query.testing.ApiClient.problem;
import static dev.aicore.discovery.query.testing.ApiClient.texts;
import static org.assertj.core.api.Assertions.assertThat;

import dev.aicore.discovery.api.health.HealthState;
import dev.aicore.discovery.query.testing.QueryFixture;
import dev.aicore.discovery.query.testing.ReadModelRows;
import dev.aicore.discovery.query.testing.SampleInstance;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.test.web.reactive.server.WebTestClient;

@Tag("integration")
class HistoryRoutesTest {

    private static final String URI = "/api/v1/services/w-1/history";

    @RegisterExtension
    static final QueryFixture registry = new QueryFixture();

    private final ReadModelRows rows = registry.rows();
    private final WebTestClient client = registry.client();

    /** Creates an instance that is registered at 10, unhealthy at 20, expired at 30 and removed at 40. */
    @BeforeEach
    void createHistory() {
        var web = SampleInstance.of("web", "w-1");
        rows.version(web, 10, 20L, null);
        rows.version(web.health(HealthState.UNHEALTHY), 20, 30L, null);
        rows.version(web.health(HealthState.UNHEALTHY).expired(), 30, 40L, null);
        rows.version(web.health(HealthState.UNHEALTHY).expired(), 40, null, "removed");
        rows.audit(10, "w-1", "web", "InstanceRegistered", "alice registered it.");
        rows.audit(20, "w-1", "web", "HealthChanged", "It said that it is unhealthy.");
        rows.auditOfRegistry(30, "w-1", "web", "LeaseExpired", "Silent for 5 s.", "Its lease expired.");
        rows.auditOfRegistry(40, "w-1", "web", "InstanceRemoved", "Silent for 20 s.", "It was removed.");
        rows.audit(15, "other", "web", "InstanceRegistered", "alice registered it.");
        rows.watermark("instances", 50);
        rows.watermark("audit", 45);
    }

    @Test
    void history_returnsEntriesWithStatesBeforeAndAfter() {
        var answer = ok(client, URI);

        assertThat(answer.path("meta").path("position").asLong()).isEqualTo(45);
        var entries = answer.path("data").path("entries");
        assertThat(texts(entries, "type"))
                .containsExactly("InstanceRegistered", "HealthChanged", "LeaseExpired", "InstanceRemoved");
        assertThat(texts(entries, "position")).containsExactly("10", "20", "30", "40");

        var registered = entries.get(0);
        assertThat(registered.has("before")).isFalse();
        assertThat(registered.path("after").path("status").asString()).isEqualTo("healthy");
        assertThat(registered.path("at").asString()).isEqualTo("2026-11-23T12:00:10.000Z");
        assertThat(registered.path("actor").asString()).isEqualTo("alice");
        assertThat(registered.path("role").asString()).isEqualTo("service");
        assertThat(registered.path("source_address").asString()).isEqualTo("10.0.0.9");
        assertThat(registered.path("request_id").asString()).isEqualTo("req-1");
        assertThat(registered.path("reason").asString()).isEqualTo("moving house");
        assertThat(registered.path("protocol").asString()).isEqualTo("rest");

        var expired = entries.get(2);
        assertThat(expired.path("before").path("status").asString()).isEqualTo("unhealthy");
        assertThat(expired.path("after").path("status").asString()).isEqualTo("expired");
        assertThat(expired.path("after").path("position").asLong()).isEqualTo(30);
        assertThat(expired.path("cause").asString()).isEqualTo("Silent for 5 s.");
        assertThat(expired.path("summary").asString()).isEqualTo("Its lease expired.");
        assertThat(expired.path("actor").asString()).isEqualTo("registry");

        var removed = entries.get(3);
        assertThat(removed.path("before").path("status").asString()).isEqualTo("expired");
        assertThat(removed.has("after")).isFalse();
    }

    @Test
    void history_endsAtLowerWatermark() {
        rows.watermark("audit", 50);
        rows.watermark("instances", 25);

        var answer = ok(client, URI);

        assertThat(answer.path("meta").path("position").asLong()).isEqualTo(25);
        assertThat(texts(answer.path("data").path("entries"), "position")).containsExactly("10", "20");
        problem(client, URI + "?min_position=26&wait=30ms", 409, "not_yet_visible");
    }

    @Test
    void paging_returnsAllEntriesInOrder() {
        for (int limit = 1; limit <= 5; limit++) {
            List<String> seen = new ArrayList<>();
            var answer = ok(client, URI + "?limit=" + limit);
            seen.addAll(texts(answer.path("data").path("entries"), "position"));
            while (answer.path("meta").has("next_cursor")) {
                String cursor = answer.path("meta").path("next_cursor").asString();
                answer = ok(client, URI + "?limit=" + limit + "&cursor=" + cursor);
                seen.addAll(texts(answer.path("data").path("entries"), "position"));
            }
            assertThat(seen).containsExactly("10", "20", "30", "40");
        }
    }

    @Test
    void history_behindLastEntry_isEmpty() {
        assertThat(ok(client, URI + "?cursor=40").path("data").path("entries").isEmpty())
                .isTrue();
    }

    @Test
    void history_ofUnknownInstance_returns404() {
        problem(client, "/api/v1/services/nobody/history", 404, "unknown_instance");
        problem(client, "/api/v1/services/nobody/history?cursor=3", 404, "unknown_instance");
    }

    @Test
    void invalidParameters_return400WithFields() {
        var problem = problem(client, URI + "?limit=0&cursor=x", 400, "validation_failed");

        assertThat(texts(problem.path("errors"), "field")).containsExactlyInAnyOrder("limit", "cursor");
    }
}
