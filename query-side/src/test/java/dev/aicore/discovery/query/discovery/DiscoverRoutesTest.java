package dev.aicore.discovery.query.discovery;

import static dev.aicore.discovery.query.testing.ApiClient.ids;
import static dev.aicore.discovery.query.testing.ApiClient.ok;
import static dev.aicore.discovery.query.testing.ApiClient.problem;
import static dev.aicore.discovery.query.testing.ApiClient.texts;
import static org.assertj.core.api.Assertions.assertThat;

import dev.aicore.discovery.api.health.HealthState;
import dev.aicore.discovery.query.testing.QueryFixture;
import dev.aicore.discovery.query.testing.ReadModelRows;
import dev.aicore.discovery.query.testing.SampleInstance;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.test.web.reactive.server.WebTestClient;

@Tag("integration")
class DiscoverRoutesTest {

    private static final String URI = "/api/v1/discover?service_name=";

    @RegisterExtension
    static final QueryFixture registry = new QueryFixture();

    private final ReadModelRows rows = registry.rows();
    private final WebTestClient client = registry.client();

    @Test
    void discover_returnsHealthyInstancesAndCounts() {
        rows.instance(SampleInstance.of("web", "w-1"), 3);
        rows.instance(SampleInstance.of("web", "w-2").health(HealthState.UNHEALTHY), 4);
        rows.instance(SampleInstance.of("web", "w-3").expired(), 5);
        rows.instance(SampleInstance.of("db", "d-1"), 6);
        rows.watermark("instances", 7);

        var answer = ok(client, URI + "web");

        assertThat(answer.path("meta").path("position").asLong()).isEqualTo(7);
        assertThat(ids(answer)).containsExactly("w-1");
        var data = answer.path("data");
        assertThat(data.path("service_name").asString()).isEqualTo("web");
        assertThat(data.path("strategy").asString()).isEqualTo("round_robin");
        assertThat(data.path("total").asInt()).isEqualTo(3);
        assertThat(data.path("healthy").asInt()).isEqualTo(1);
        assertThat(data.path("panic").asBoolean()).isFalse();
        assertThat(data.path("services").get(0).path("address").asString()).isEqualTo("10.0.0.1");
    }

    @Test
    void discover_withCurrentETag_returns304UntilServiceChanges() {
        rows.instance(SampleInstance.of("web", "w-1"), 3);
        rows.instance(SampleInstance.of("web", "w-2"), 4);
        rows.watermark("instances", 7);
        var first = tag(client.get().uri(URI + "web"), 200);

        assertThat(tag(client.get().uri(URI + "web").header("If-None-Match", "W/\"1\"," + first), 304))
                .isEqualTo(first);
        rows.watermark("instances", 8);
        assertThat(tag(client.get().uri(URI + "web&min_position=8").header("If-None-Match", first), 304))
                .isEqualTo(first);
        rows.instance(SampleInstance.of("web", "w-3").health(HealthState.UNHEALTHY), 9);
        rows.watermark("instances", 9);
        var uri = URI + "web&min_position=9";
        var second = tag(client.get().uri(uri).header("If-None-Match", first), 200);
        assertThat(second).isNotEqualTo(first);
        assertThat(tag(client.get().uri(uri).header("If-None-Match", second), 304))
                .isEqualTo(second);
    }

    @Test
    void discover_withLimit_ignoresIfNoneMatch() {
        rows.instance(SampleInstance.of("web", "w-1"), 3);
        rows.watermark("instances", 7);

        client.get()
                .uri(URI + "web&limit=1")
                .header("If-None-Match", tag(client.get().uri(URI + "web"), 200))
                .exchange()
                .expectStatus()
                .isOk()
                .expectHeader()
                .doesNotExist("ETag");
    }

    private static String tag(WebTestClient.RequestHeadersSpec<?> request, int status) {
        var answer = request.exchange()
                .expectStatus()
                .isEqualTo(status)
                .expectHeader()
                .exists("X-Registry-Position")
                .expectBody()
                .returnResult();
        assertThat(answer.getResponseBody() == null).isEqualTo(status == 304);
        return Objects.requireNonNull(answer.getResponseHeaders().getETag());
    }

    @Test
    void discover_ofUnknownService_returnsEmptyList() {
        var answer = ok(client, URI + "nobody");

        assertThat(answer.path("data").path("services").isArray()).isTrue();
        assertThat(ids(answer)).isEmpty();
        assertThat(answer.path("data").path("total").asInt()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"true", "True", "1"})
    void discover_includingUnhealthy_returnsUnhealthyInstances(String yes) {
        rows.instance(SampleInstance.of("web", "w-1"), 1);
        rows.instance(SampleInstance.of("web", "w-2").health(HealthState.UNHEALTHY), 2);
        rows.instance(SampleInstance.of("web", "w-3").expired(), 3);

        assertThat(ids(ok(client, URI + "web&include_unhealthy=" + yes))).containsExactlyInAnyOrder("w-1", "w-2");
        assertThat(ids(ok(client, URI + "web&include_unhealthy=False"))).containsExactly("w-1");
    }

    @Test
    void discover_byRoundRobin_picksEachInstanceEquallyOften() {
        for (var id : List.of("a", "b", "c")) {
            rows.instance(SampleInstance.of("web", id), 1);
        }
        var firsts = new ArrayList<String>();
        for (int i = 0; i < 9; i++) {
            firsts.add(ids(ok(client, URI + "web&load_balancing_strategy=round_robin&limit=1"))
                    .getFirst());
        }
        assertThat(List.of("a", "b", "c"))
                .allSatisfy(id -> assertThat(Collections.frequency(firsts, id)).isEqualTo(3));
    }

    @Test
    void discover_byRandom_returnsAllInstances() {
        rows.instance(SampleInstance.of("web", "a"), 1);
        rows.instance(SampleInstance.of("web", "b"), 1);

        var answer = ok(client, URI + "web&load_balancing_strategy=random");

        assertThat(ids(answer)).containsExactlyInAnyOrder("a", "b");
        assertThat(answer.path("data").path("strategy").asString()).isEqualTo("random");
    }

    @Test
    void discover_byWeight_isProportionalToWeights() {
        rows.instance(SampleInstance.of("web", "a").weight(3), 1);
        rows.instance(SampleInstance.of("web", "b").weight(1), 1);
        var firsts = new ArrayList<String>();
        for (int i = 0; i < 8; i++) {
            firsts.add(ids(ok(client, URI + "web&load_balancing_strategy=weighted"))
                    .getFirst());
        }
        assertThat(Collections.frequency(firsts, "a")).isEqualTo(6);
        assertThat(Collections.frequency(firsts, "b")).isEqualTo(2);
    }

    @Test
    void discover_byHashKey_isStable() {
        for (var id : List.of("a", "b", "c", "d")) {
            rows.instance(SampleInstance.of("web", id), 1);
        }
        var hashed = URI + "web&load_balancing_strategy=consistent_hash&hash_key=";
        assertThat(ids(ok(client, hashed + "user-7"))).isEqualTo(ids(ok(client, hashed + "user-7")));
        assertThat(IntStream.range(0, 50)
                        .mapToObj(key -> ids(ok(client, hashed + "user-" + key)).getFirst())
                        .distinct())
                .hasSize(4);

        var byAddress = ids(ok(client, URI + "web&load_balancing_strategy=ip_hash"));
        assertThat(ids(ok(client, URI + "web&load_balancing_strategy=ip_hash&hash_key=ignored")))
                .isEqualTo(byAddress);
        assertThat(ids(ok(client, URI + "web&load_balancing_strategy=consistent_hash")))
                .isEqualTo(byAddress);
    }

    @Test
    void discover_withFilters_returnsMatchingInstances() {
        rows.instance(
                SampleInstance.of("web", "a")
                        .version("1.2.0")
                        .tags("x", "y")
                        .metadata(Map.of("region", "eu", "r k", "7")),
                1);
        rows.instance(SampleInstance.of("web", "b").version("1.2.0").tags("x").zone("b"), 1);

        assertThat(ids(ok(client, URI + "web&version=1.2.0"))).containsExactlyInAnyOrder("a", "b");
        assertThat(ids(ok(client, URI + "web&version=1.2"))).isEmpty();
        assertThat(ids(ok(client, URI + "web&version=%5E1.2"))).containsExactlyInAnyOrder("a", "b");
        assertThat(ids(ok(client, URI + "web&version=%3E%3D1.2%20%3C1.2.1"))).containsExactlyInAnyOrder("a", "b");
        assertThat(ids(ok(client, URI + "web&version=%3E1.2.0"))).isEmpty();
        assertThat(ids(ok(client, URI + "web&tag=x&tag=y"))).containsExactly("a");
        assertThat(ids(ok(client, URI + "web&metadata.region=eu&metadata.r%20k=7")))
                .containsExactly("a");
        assertThat(ids(ok(client, URI + "web&zone=b&limit=1"))).containsExactly("b");
        assertThat(ids(ok(client, URI + "web&zone=b&limit=1"))).containsExactly("b");
    }

    @Test
    void versionRange_withLongPreRelease_comparesNumerically() {
        rows.instance(SampleInstance.of("web", "a").version("1.0.0-20261129120000123456"), 1);

        assertThat(ids(ok(client, URI + "web&version=%3E%3D1.0.0-1"))).containsExactly("a");
        assertThat(ids(ok(client, URI + "web&version=%3E%3D1.0.0-99999999999999999999")))
                .isEmpty();
    }

    @Test
    void discover_belowPanicThreshold_returnsUnhealthyInstancesAndPanic() {
        rows.instance(SampleInstance.of("web", "a").health(HealthState.UNHEALTHY), 1);
        rows.instance(SampleInstance.of("web", "b").health(HealthState.UNHEALTHY), 1);
        rows.instance(SampleInstance.of("web", "c").expired(), 1);

        var answer = ok(client, URI + "web");

        assertThat(answer.path("data").path("panic").asBoolean()).isTrue();
        assertThat(ids(answer)).containsExactlyInAnyOrder("a", "b");
    }

    @Test
    void unknownStrategy_returns400WithKnownStrategies() {
        var problem = problem(client, URI + "web&load_balancing_strategy=fastest", 400, "validation_failed");

        assertThat(problem.path("errors").get(0).path("expected").asString())
                .contains("round_robin", "random", "weighted", "p2c");
    }

    @ParameterizedTest
    @CsvSource({
        "service_name=, service_name",
        "limit=5, service_name",
        "service_name=web&limit=0, limit",
        "service_name=web&version=%5Eblue, version",
        "service_name=web&hash_key=, hash_key",
        "service_name=web&limit=1001, limit",
        "service_name=web&include_unhealthy=maybe, include_unhealthy",
        "service_name=web&service_name=db, service_name"
    })
    void invalidParameter_returns400WithField(String query, String field) {
        var problem = problem(client, "/api/v1/discover?" + query, 400, "validation_failed");

        assertThat(texts(problem.path("errors"), "field")).containsExactly(field);
    }
}
