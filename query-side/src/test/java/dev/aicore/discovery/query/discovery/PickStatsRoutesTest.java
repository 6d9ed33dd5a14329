package dev.aicore.discovery.query.discovery;

import static dev.aicore.discovery.query.testing.ApiClient.ok;
import static dev.aicore.discovery.query.testing.ApiClient.problem;
import static dev.aicore.discovery.query.testing.ApiClient.texts;
import static org.assertj.core.api.Assertions.assertThat;

import dev.aicore.discovery.query.testing.QueryFixture;
import dev.aicore.discovery.query.testing.ReadModelRows;
import dev.aicore.discovery.query.testing.SampleInstance;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.test.web.reactive.server.WebTestClient;
import tools.jackson.databind.JsonNode;

@Tag("integration")
class PickStatsRoutesTest {

    @RegisterExtension
    static final QueryFixture registry = new QueryFixture();

    private static long position;

    private final ReadModelRows rows = registry.rows();
    private final WebTestClient client = registry.client();
    private final PickCounter pickCounter = registry.server().bean(PickCounter.class);

    @BeforeEach
    void setWatermarks() {
        // The node under test remembers the position that the store had in the previous test.
        position += 1_000;
        rows.watermark("audit", position);
        rows.watermark("instances", position + 10);
        flush();
    }

    @Test
    void pickStats_ofUnknownService_areEmpty() {
        var answer = ok(client, "/api/v1/load-balancer/nobody/stats");

        assertThat(answer.at("/meta/position").asLong()).isEqualTo(position);
        var data = answer.at("/data");
        assertThat(data.at("/service_name").asString()).isEqualTo("nobody");
        assertThat(data.at("/picks").asLong()).isZero();
        assertThat(data.at("/strategies")).isEmpty();
        assertThat(data.at("/instances").isArray()).isTrue();
        assertThat(data.at("/instances")).isEmpty();
        assertThat(data.has("since")).isFalse();
    }

    @Test
    void pickStats_ofOwnNode_areExactBeforeAndAfterFlush() {
        rows.instance(SampleInstance.of("exact", "a").slot(0, 1), 1);
        rows.instance(SampleInstance.of("exact", "b").slot(1, 2), 2);
        rows.connections(3, 0, 10, 7, ReadModelRows.AT);
        pick("random", "exact", "a", 3);
        pick("weighted", "exact", "a", 1);

        var before = stats("exact");
        assertThat(before.at("/picks").asLong()).isEqualTo(4);
        assertThat(before.at("/strategies/random").asLong()).isEqualTo(3);
        assertThat(before.at("/strategies/weighted").asLong()).isEqualTo(1);
        assertThat(texts(before.at("/instances"), "id")).containsExactly("a", "b");
        assertThat(texts(before.at("/instances"), "picks")).containsExactly("4", "0");
        assertThat(before.at("/instances/0/strategies/random").asLong()).isEqualTo(3);
        assertThat(before.at("/instances/0/active_connections").asInt()).isEqualTo(7);
        assertThat(before.at("/instances/0/connections_at").asString()).isEqualTo("2026-11-23T12:00:00.000Z");
        assertThat(before.at("/instances/1").has("active_connections")).isFalse();
        assertThat(before.at("/since").asString()).isNotEmpty();

        flush();
        assertThat(stats("exact")).isEqualTo(before);
        pick("random", "exact", "b", 2);
        assertThat(stats("exact").at("/picks").asLong()).isEqualTo(6);
        flush();
        assertThat(texts(stats("exact").at("/instances"), "picks")).containsExactly("4", "2");
    }

    @Test
    void pickStats_includePicksOfOtherNodes() {
        rows.picks("shared", "random", "a", 40);
        pick("random", "shared", "a", 2);
        pick("random", "shared", "b", 1);

        var data = stats("shared");
        assertThat(data.at("/picks").asLong()).isEqualTo(43);
        assertThat(texts(data.at("/instances"), "picks")).containsExactly("42", "1");
    }

    @Test
    void pickStats_afterReset_startAtZero() {
        pick("random", "anew", "a", 3);
        flush();
        pick("random", "anew", "a", 4);
        rows.picksReset("anew", ReadModelRows.AT.plusSeconds(60), position + 20);
        rows.watermark("audit", position + 20);
        rows.watermark("instances", position + 20);

        var data = ok(client, "/api/v1/load-balancer/anew/stats?min_position=" + (position + 20))
                .at("/data");
        assertThat(data.at("/picks").asLong()).isZero();
        assertThat(data.at("/since").asString()).isEqualTo("2026-11-23T12:01:00.000Z");
        pick("random", "anew", "a", 2);
        assertThat(stats("anew").at("/picks").asLong()).isEqualTo(2);
        flush();
        assertThat(stats("anew").at("/picks").asLong()).isEqualTo(2);
    }

    @Test
    void reset_isAppliedWithNextFlush() {
        pick("random", "quiet", "a", 4);
        rows.picksReset("quiet", ReadModelRows.AT.plusSeconds(60), position + 20);
        rows.watermark("audit", position + 20);
        flush();
        pick("random", "quiet", "a", 5);
        flush();

        assertThat(stats("quiet").at("/picks").asLong()).isEqualTo(5);
    }

    @Test
    void pickStats_withInvalidRequest_areRefused() {
        problem(client, "/api/v1/load-balancer/-x/stats", 400, "validation_failed");
        problem(client, "/api/v1/load-balancer/orders/stats?limit=3", 400, "unknown_parameter");
        problem(
                client,
                "/api/v1/load-balancer/orders/stats?min_position=" + (position + 99) + "&wait=0",
                409,
                "not_yet_visible");
    }

    private JsonNode stats(String service) {
        return ok(client, "/api/v1/load-balancer/" + service + "/stats").at("/data");
    }

    private void pick(String strategy, String service, String instance, int times) {
        for (int i = 0; i < times; i++) {
            pickCounter.picked(strategy, service, instance);
        }
    }

    private static void flush() {
        registry.server().bean(PickFlusher.class).flush().block(Duration.ofSeconds(30));
    }
}
