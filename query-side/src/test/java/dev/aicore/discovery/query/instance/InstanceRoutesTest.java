package dev.aicore.discovery.query.instance;

import static dev.aicore.discovery.query.testing.ApiClient.ids;
import static dev.aicore.discovery.query.testing.ApiClient.ok;
import static dev.aicore.discovery.query.testing.ApiClient.problem;
import static org.assertj.core.api.Assertions.assertThat;

import dev.aicore.discovery.api.health.HealthState;
import dev.aicore.discovery.api.instance.InstanceETag;
import dev.aicore.discovery.query.testing.ApiClient;
import dev.aicore.discovery.query.testing.QueryFixture;
import dev.aicore.discovery.query.testing.ReadModelRows;
import dev.aicore.discovery.query.testing.SampleInstance;
import dev.aicore.discovery.web.ApiJson;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.test.web.reactive.server.WebTestClient;

@Tag("integration")
class InstanceRoutesTest {

    @RegisterExtension
    static final QueryFixture registry = new QueryFixture();

    private final ReadModelRows rows = registry.rows();
    private final WebTestClient client = registry.client();

    @Test
    void instance_isReturnedWithAllFields() {
        rows.instance(
                SampleInstance.of("user-service", "u-1")
                        .tags("blue")
                        .metadata(Map.of("region", "us-west-2"))
                        .health(HealthState.UNHEALTHY)
                        .slot(5, 17),
                21);
        rows.seen(3, 5, 30, ReadModelRows.AT.plusSeconds(9));
        rows.watermark("instances", 42);

        var answer = ok(client, "/api/v1/services/u-1");

        assertThat(answer.path("meta").path("position").asLong()).isEqualTo(42);
        assertThat(answer.path("data")).isEqualTo(ApiJson.mapper().readTree("""
                {"id": "u-1", "service_id": "u-1", "name": "user-service", "namespace": "default", "version": "1.0.0",
                 "address": "10.0.0.1", "port": 8080, "protocol": "http", "weight": 100, "ttl": 30, "effective_ttl": 30,
                 "metadata": {"region": "us-west-2"}, "tags": ["blue"], "zone": "a", "status": "unhealthy",
                 "declared": "active", "lease": "live", "health": "unhealthy", "breaker": "closed", "owner": "alice",
                 "declaration_version": 1, "registered_at": "2026-11-23T12:00:00.000Z",
                 "updated_at": "2026-11-23T12:00:01.000Z", "last_heartbeat": "2026-11-23T12:00:09.000Z", "position": 21}
                """));
    }

    @Test
    void instance_withMatchingIfNoneMatch_returns200WithETag() {
        rows.instance(SampleInstance.of("web", "w-2").slot(5, 17), 17);
        var tag = InstanceETag.of(Instant.parse("2026-11-23T12:00:00Z"), 1);

        client.get()
                .uri("/api/v1/services/w-2")
                .header("If-None-Match", tag)
                .exchange()
                .expectStatus()
                .isOk()
                .expectHeader()
                .valueEquals("ETag", tag);
    }

    @Test
    void instance_inReusedSlot_ignoresHeartbeatOfPreviousOccupant() {
        rows.instance(SampleInstance.of("web", "w-1").slot(5, 17), 17);
        rows.seen(3, 5, 16, ReadModelRows.AT);

        assertThat(ok(client, "/api/v1/services/w-1").path("data").has("last_heartbeat"))
                .isFalse();
    }

    @Test
    void unknownInstance_returns404() {
        var problem = problem(client, "/api/v1/services/nobody", 404, "unknown_instance");

        assertThat(problem.path("detail").asString()).contains("'nobody'");
    }

    @Test
    void malformedId_returns400() {
        var problem = problem(client, "/api/v1/services/a%20b", 400, "validation_failed");

        assertThat(ApiClient.texts(problem.path("errors"), "field")).containsExactly("service_id");
    }

    @Test
    void list_withoutInstances_isEmpty() {
        var answer = ok(client, "/api/v1/services");

        assertThat(answer.path("data").path("services").isArray()).isTrue();
        assertThat(ids(answer)).isEmpty();
        assertThat(answer.path("meta").path("position").asLong()).isZero();
        assertThat(answer.path("meta").has("next_cursor")).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"1", "7", "24", "25", "26", "1000"})
    void paging_returnsAllInstancesWithoutDuplicates(int limit) {
        var expected = new ArrayList<String>();
        for (var service : List.of("a", "a-b", "b", "z")) {
            IntStream.range(0, 6).mapToObj(i -> service + "-" + i).forEach(id -> {
                rows.instance(SampleInstance.of(service, id), 1);
                expected.add(id);
            });
        }
        rows.instance(SampleInstance.of("z", "z-last"), 1);
        expected.add("z-last");
        rows.watermark("instances", 1);

        var seen = pages("/api/v1/services?limit=" + limit, limit);

        assertThat(seen).containsExactlyInAnyOrderElementsOf(expected);
    }

    @Test
    void list_ofService_returnsOwnInstancesOnly() {
        for (int i = 0; i < 5; i++) {
            rows.instance(SampleInstance.of("web", "w-" + i), 1);
            rows.instance(SampleInstance.of("db", "d-" + i), 1);
        }

        assertThat(pages("/api/v1/services?service_name=web&limit=2", 2))
                .containsExactly("w-0", "w-1", "w-2", "w-3", "w-4");
        assertThat(ids(ok(client, "/api/v1/services?service_name=nothing"))).isEmpty();
    }

    @Test
    void cursor_ofOtherList_returns400() {
        rows.instance(SampleInstance.of("web", "w-1"), 1);
        rows.instance(SampleInstance.of("web", "w-2"), 1);
        String cursor = ok(client, "/api/v1/services?service_name=web&limit=1")
                .path("meta")
                .path("next_cursor")
                .asString();

        var problem =
                problem(client, "/api/v1/services?service_name=db&limit=1&cursor=" + cursor, 400, "validation_failed");
        assertThat(ApiClient.texts(problem.path("errors"), "field")).containsExactly("cursor");
    }

    @ParameterizedTest
    @CsvSource({
        "limit=0, limit",
        "limit=1001, limit",
        "limit=ten, limit",
        "cursor=%2B%2B, cursor",
        "cursor=AAAA, cursor",
        "service_name=-web, service_name",
        "min_position=-1, min_position",
        "wait=1d, wait",
        "wait=31s, wait"
    })
    void invalidParameter_returns400WithField(String query, String field) {
        var problem = problem(client, "/api/v1/services?" + query, 400, "validation_failed");

        assertThat(ApiClient.texts(problem.path("errors"), "field")).containsExactly(field);
    }

    @Test
    void minPosition_notReachedInTime_returns409() {
        rows.watermark("instances", 41);

        problem(client, "/api/v1/services?min_position=42&wait=0", 409, "not_yet_visible");
        var problem = problem(client, "/api/v1/services?min_position=42&wait=60ms", 409, "not_yet_visible");

        assertThat(problem.path("detail").asString()).contains("42", "41");
        assertThat(ids(ok(client, "/api/v1/services?min_position=41&wait=0"))).isEmpty();
    }

    @Test
    void minPosition_reachedDuringWait_returnsOwnWrite() {
        rows.watermark("instances", 41);
        var answers = IntStream.range(0, 20)
                .mapToObj(i -> CompletableFuture.supplyAsync(
                        () -> ok(client, "/api/v1/services/new?min_position=42&wait=20s")))
                .toList();
        rows.instance(SampleInstance.of("web", "new"), 42);
        rows.watermark("instances", 43);

        assertThat(answers)
                .allSatisfy(answer -> assertThat(
                                answer.join().path("meta").path("position").asLong())
                        .isEqualTo(43));
    }

    private List<String> pages(String uri, int limit) {
        var seen = new ArrayList<String>();
        var answer = ok(client, uri);
        seen.addAll(ids(answer));
        while (answer.path("meta").has("next_cursor")) {
            assertThat(ids(answer)).hasSize(limit);
            answer = ok(
                    client,
                    uri + "&cursor=" + answer.path("meta").path("next_cursor").asString());
            seen.addAll(ids(answer));
        }
        return seen;
    }
}
