package dev.aicore.discovery.query.discovery;

import static dev.aicore.discovery.query.testing.ApiClient.ids;
import static dev.aicore.discovery.query.testing.ApiClient.ok;
import static dev.aicore.discovery.query.testing.ApiClient.problem;
import static org.assertj.core.api.Assertions.assertThat;

import dev.aicore.discovery.api.health.HealthState;
import dev.aicore.discovery.query.testing.QueryFixture;
import dev.aicore.discovery.query.testing.ReadModelRows;
import dev.aicore.discovery.query.testing.SampleInstance;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.test.web.reactive.server.WebTestClient;

/** Tests a service with four instances of more than 1,000 bytes each, where 2,000 may be read at once. */
@Tag("integration")
class LargeServiceSelectorTest {

    private static final String URI = "/api/v1/discover?service_name=web";

    @RegisterExtension
    static final QueryFixture registry =
            QueryFixture.with("--service-discovery.registry.discovery.max-read-bytes=2000B");

    private final ReadModelRows rows = registry.rows();
    private final WebTestClient client = registry.client();

    @BeforeEach
    void fourInstances() {
        for (var id : List.of("a", "b", "c", "d")) {
            var sampleInstance = large(id).health(id.equals("d") ? HealthState.UNHEALTHY : HealthState.HEALTHY);
            rows.instance(sampleInstance, 3);
            rows.version(sampleInstance, 3, null, null);
        }
        rows.watermark("instances", 4);
        rows.watermark("audit", 4);
        rows.fact(3);
        rows.head(4);
    }

    @Test
    void discover_ofLargeServiceWithLimit_returnsCompleteInstances() {
        var answer = ok(client, URI + "&limit=2");
        assertThat(ids(answer)).hasSize(2).isSubsetOf("a", "b", "c");
        assertThat(answer.at("/data/total").asInt()).isEqualTo(4);
        assertThat(answer.at("/data/healthy").asInt()).isEqualTo(3);
        assertThat(answer.at("/meta/position").asLong()).isEqualTo(4);
        var first = answer.at("/data/services/0");
        assertThat(first.at("/metadata/said").asString()).hasSize(1_000);
        assertThat(first.at("/tags/0").asString())
                .isEqualTo("tag-" + first.at("/id").asString());
    }

    @Test
    void roundRobin_ofLargeService_includesAllInstances() {
        var firsts = new ArrayList<String>();
        for (int i = 0; i < 3; i++) {
            firsts.add(ids(ok(client, URI + "&limit=1&load_balancing_strategy=round_robin"))
                    .getFirst());
        }
        assertThat(firsts).containsExactlyInAnyOrder("a", "b", "c");
    }

    @Test
    void discover_ofLargeServiceWithFilters_readsTagsAndMetadata() {
        assertThat(ids(ok(client, URI + "&tag=tag-b"))).containsExactly("b");
        assertThat(ids(ok(client, URI + "&metadata.id=c"))).containsExactly("c");
        assertThat(ids(ok(client, URI + "&metadata.id=c&tag=tag-b"))).isEmpty();
        assertThat(ids(ok(client, URI + "&metadata.id=d&include_unhealthy=true")))
                .containsExactly("d");
        assertThat(ids(ok(client, URI + "&version=2.0.0&limit=1"))).isEmpty();
    }

    @Test
    void discover_beyondReadLimit_returns422() {
        var refusal = problem(client, URI, 422, "answer_too_large");
        assertThat(refusal.path("detail").asString())
                .isEqualTo("The result is larger than 2000 bytes (registry.discovery.max_read_bytes)."
                        + " Set a lower limit, or read page by page.");
        problem(client, URI + "&at=3", 422, "answer_too_large");
        problem(client, URI + "&index=0", 422, "answer_too_large");
    }

    @Test
    void paging_beyondReadLimit_endsPagesEarlyAndContinues() {
        var ids = new ArrayList<String>();
        var uri = "/api/v1/services/web/instances?limit=1000";
        int pages = 0;
        for (var next = uri; next != null; pages++) {
            var page = ok(client, next);
            ids.addAll(ids(page));
            next = page.at("/meta/next_cursor").isMissingNode()
                    ? null
                    : uri + "&cursor=" + page.at("/meta/next_cursor").asString();
        }
        assertThat(ids).containsExactly("a", "b", "c", "d");
        assertThat(pages).as("two pages of two instances, and an empty page").isEqualTo(3);
    }

    @Test
    void discover_withinReadLimit_returnsCompleteInstances() {
        rows.instance(large("e", "other"), 3);
        var answer = ok(client, "/api/v1/discover?service_name=other");
        assertThat(ids(answer)).containsExactly("e");
        assertThat(answer.at("/data/services/0/metadata/said").asString()).hasSize(1_000);
    }

    private static SampleInstance large(String id) {
        return large(id, "web");
    }

    private static SampleInstance large(String id, String service) {
        return SampleInstance.of(service, id)
                .metadata(Map.of("said", "x".repeat(1_000), "id", id))
                .tags("tag-" + id);
    }
}
