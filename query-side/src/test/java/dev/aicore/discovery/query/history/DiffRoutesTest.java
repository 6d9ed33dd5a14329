package dev.aicore.discovery.query.history;

import static dev.aicore.discovery.query.testing.ApiClient.ok;
import static dev.aicore.discovery.query.testing.ApiClient.problem;
import static dev.aicore.discovery.query.testing.ApiClient.texts;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.aicore.discovery.api.health.HealthState;
import dev.aicore.discovery.query.testing.QueryFixture;
import dev.aicore.discovery.query.testing.ReadModelRows;
import dev.aicore.discovery.query.testing.SampleInstance;
import dev.aicore.discovery.web.ApiJson;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.WebTestClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

@Tag("integration")
class DiffRoutesTest {

    private static final int MOST_PATCHED = 10_000;

    @RegisterExtension
    static final QueryFixture registry = new QueryFixture();

    private final ReadModelRows rows = registry.rows();
    private final WebTestClient client = registry.client();

    /**
     * Creates changes between 15 and 45: w-1 gets another weight, w-2 leaves, w-3 is registered, w-4 is registered and
     * leaves, w-5 becomes unhealthy and healthy again.
     */
    @BeforeEach
    void createChanges() {
        rows.version(SampleInstance.of("web", "w-1"), 10, 20L, null);
        rows.version(SampleInstance.of("web", "w-1").weight(7), 20, null, null);
        rows.version(SampleInstance.of("web", "w-2"), 11, 21L, null);
        rows.version(SampleInstance.of("web", "w-2"), 21, null, "deregistered");
        rows.version(SampleInstance.of("web", "w-3"), 30, null, null);
        rows.version(SampleInstance.of("web", "w-4"), 31, 32L, null);
        rows.version(SampleInstance.of("web", "w-4"), 32, null, "removed");
        rows.version(SampleInstance.of("api", "w-5"), 12, 33L, null);
        rows.version(SampleInstance.of("api", "w-5").health(HealthState.UNHEALTHY), 33, 34L, null);
        rows.version(SampleInstance.of("api", "w-5"), 34, null, null);
        rows.version(SampleInstance.of("web", "w-6"), 13, null, null);
        rows.version(SampleInstance.of("web", "w-7"), 46, null, null);
        rows.audit(20, "w-1", "web", "InstanceUpdated", "alice changed its weight.");
        rows.audit(21, "w-2", "web", "InstanceDeregistered", "alice deregistered it.");
        rows.auditOfRegistry(33, "w-5", "api", "HealthChanged", "1 result.", "It turned unhealthy.");
        rows.auditOfRegistry(34, "w-5", "api", "HealthChanged", "1 result.", "It turned healthy.");
        rows.fact(10);
        rows.watermark("instances", 60);
        rows.watermark("audit", 60);
        rows.head(60);
    }

    @Test
    void diff_listsChangesWithActors() {
        var data = ok(client, "/api/v1/diff?from=15&to=45").path("data");

        assertThat(texts(data.path("changes"), "id")).containsExactly("w-5", "w-1", "w-2", "w-3", "w-4");
        assertThat(texts(data.path("changes"), "kind"))
                .containsExactly("changed", "changed", "removed", "added", "came_and_went");
        assertThat(data.path("summary").toString())
                .isEqualTo("{\"added\":1,\"removed\":1,\"changed\":2,\"came_and_went\":1}");
        var flapped = data.at("/changes/0");
        assertThat(flapped.path("fields").isEmpty()).isTrue();
        assertThat(flapped.path("facts").asInt()).isEqualTo(2);
        assertThat(flapped.path("actors").toString()).isEqualTo("[\"registry\"]");
        assertThat(flapped.at("/last/summary").asString()).isEqualTo("It turned healthy.");
        var changed = data.at("/changes/1");
        assertThat(changed.path("fields").toString()).isEqualTo("[{\"field\":\"weight\",\"from\":100,\"to\":7}]");
        assertThat(changed.path("actors").toString()).isEqualTo("[\"alice\"]");
        assertThat(changed.at("/last/reason").asString()).isEqualTo("moving house");
        assertThat(data.at("/changes/2").has("after")).isFalse();
        assertThat(data.at("/changes/3").has("before")).isFalse();
    }

    @Test
    void diff_ofIdMovedToOtherService_hasTwoChanges() {
        rows.version(SampleInstance.of("api", "w-8"), 14, 22L, null);
        rows.version(SampleInstance.of("api", "w-8"), 22, 23L, "deregistered");
        rows.version(SampleInstance.of("web", "w-8"), 23, null, null);
        rows.audit(22, "w-8", "api", "InstanceDeregistered", "alice deregistered it.");
        rows.audit(23, "w-8", "web", "InstanceRegistered", "alice registered it.");

        var of = "/api/v1/diff?from=15&to=25&service_name=";
        var gone = ok(client, of + "api").path("data");
        assertThat(texts(gone.path("changes"), "kind")).containsExactly("removed");
        assertThat(gone.at("/changes/0/before/name").asString()).isEqualTo("api");
        assertThat(gone.at("/changes/0/facts").asInt()).isEqualTo(1);
        assertThat(gone.at("/summary/removed").asInt()).isEqualTo(1);
        var come = ok(client, of + "web").path("data");
        assertThat(texts(come.path("changes"), "id")).endsWith("w-8");
        assertThat(come.at("/summary/added").asInt()).isEqualTo(1);
        assertThat(come.at("/summary/changed").asInt()).isEqualTo(1);
    }

    @Test
    void diffOfService_withoutEnd_extendsToHead() {
        var data = ok(client, "/api/v1/diff?from=35&service_name=web").path("data");

        assertThat(texts(data.path("changes"), "id")).containsExactly("w-7");
        assertThat(data.at("/to/position").asLong()).isEqualTo(60);
        assertThat(ok(client, "/api/v1/diff?from=15&to=45&service_name=api")
                        .at("/data/summary/changed")
                        .asInt())
                .isEqualTo(1);
    }

    @Test
    void paging_returnsAllChanges() {
        for (int limit = 1; limit <= 6; limit++) {
            List<String> seen = new ArrayList<>();
            var uri = "/api/v1/diff?from=15&to=45&limit=" + limit;
            var answer = ok(client, uri);
            seen.addAll(texts(answer.at("/data/changes"), "id"));
            while (answer.path("meta").has("next_cursor")) {
                answer = ok(
                        client,
                        uri + "&cursor=" + answer.at("/meta/next_cursor").asString());
                seen.addAll(texts(answer.at("/data/changes"), "id"));
                assertThat(answer.at("/data/summary/changed").asInt()).isEqualTo(2);
            }
            assertThat(seen).containsExactly("w-5", "w-1", "w-2", "w-3", "w-4");
        }
    }

    @Test
    void patch_appliedToStart_yieldsEnd() {
        for (long from = 10; from <= 50; from++) {
            for (long to = from; to <= 50; to++) {
                assertThat(patched(at(from), patch(from, to)))
                        .as("from %d to %d", from, to)
                        .isEqualTo(at(to));
            }
        }
    }

    @Test
    void patch_ofIdMovedToOtherService_retainsInstance() {
        rows.version(SampleInstance.of("web", "w-8"), 14, 22L, null);
        rows.version(SampleInstance.of("web", "w-8"), 22, 23L, "deregistered");
        rows.version(SampleInstance.of("api", "w-8"), 23, null, null);

        assertThat(at(25).at("/w-8/name").asString()).isEqualTo("api");
        assertThat(patched(at(15), patch(15, 25))).isEqualTo(at(25));
    }

    @Test
    void oversizedPatch_isRefused() {
        rows.version(SampleInstance.of("many", "m"), 30, null, null);
        rows.copies("m", MOST_PATCHED);
        var patching = client.mutate()
                .responseTimeout(Duration.ofSeconds(30))
                .defaultHeader("Accept", "application/json-patch+json")
                .build();

        var refused = problem(patching, "/api/v1/diff?from=15&to=45&service_name=many", 400, "validation_failed");

        assertThat(texts(refused.path("errors"), "field")).containsExactly("service_name");
        assertThat(patch(15, 29)).isNotEmpty();
    }

    /** Position 66 is a heartbeat that the read models haven't reached yet. */
    @Test
    void diff_fromHeadPosition_waitsAndIsEmpty() {
        rows.head(66);

        var waiting = CompletableFuture.supplyAsync(() -> ok(client, "/api/v1/diff?from=66&wait=30s"));
        await().until(() -> registry.postgres().number("""
                        SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()
                        AND query LIKE 'SELECT%position FROM models.watermarks%'""") > 0);
        rows.watermark("instances", 66);
        rows.watermark("audit", 66);

        var data = waiting.join().path("data");
        assertThat(data.at("/from/position").asLong()).isEqualTo(66);
        assertThat(data.at("/to/position").asLong()).isEqualTo(66);
        assertThat(data.path("changes").isEmpty()).isTrue();
    }

    @Test
    void diff_withInvalidRange_isRefused() {
        problem(client, "/api/v1/diff", 400, "validation_failed");
        problem(client, "/api/v1/diff?from=45&to=15", 400, "validation_failed");
        problem(client, "/api/v1/diff?from=5&to=15", 410, "history_compacted");
        problem(client, "/api/v1/diff?from=15&to=61", 410, "other_store");
        problem(client, "/api/v1/diff?from=15&to=45&min_position=3", 400, "validation_failed");
    }

    /** Returns all instances at a position by id, as the API lists them. */
    private ObjectNode at(long position) {
        var all = ApiJson.mapper().createObjectNode();
        ok(client, "/api/v1/services?at=" + position)
                .at("/data/services")
                .forEach(instance -> all.set(instance.path("id").asString(), instance));
        return all;
    }

    private JsonNode patch(long from, long to) {
        var body = client.get()
                .uri("/api/v1/diff?from=" + from + "&to=" + to)
                .accept(MediaType.valueOf("application/json-patch+json"))
                .exchange()
                .expectStatus()
                .isOk()
                .expectHeader()
                .contentType("application/json-patch+json")
                .expectBody(byte[].class)
                .returnResult()
                .getResponseBody();
        return ApiJson.mapper().readTree(Objects.requireNonNull(body));
    }

    /** Applies a patch according to RFC 6902, for the operations and pointers that occur. */
    private static ObjectNode patched(ObjectNode before, JsonNode patch) {
        for (var operation : patch) {
            var path = operation.path("path").asString().substring(1).split("/", -1);
            var in = path.length == 1 ? before : (ObjectNode) before.get(path[0]);
            var name = path[path.length - 1];
            switch (operation.path("op").asString()) {
                case "add" -> in.set(name, operation.get("value"));
                case "replace" -> {
                    assertThat(in.has(name)).isTrue();
                    in.set(name, operation.get("value"));
                }
                case "remove" -> {
                    assertThat(in.has(name)).isTrue();
                    in.remove(name);
                }
                default -> throw new AssertionError(operation.toString());
            }
        }
        return before;
    }
}
