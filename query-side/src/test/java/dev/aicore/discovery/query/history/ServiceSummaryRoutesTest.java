package dev.aicore.discovery.query.history;

import static dev.aicore.discovery.query.testing.ApiClient.ok;
import static dev.aicore.discovery.query.testing.ApiClient.problem;
import static dev.aicore.discovery.query.testing.ApiClient.texts;
import static org.assertj.core.api.Assertions.assertThat;

import dev.aicore.discovery.api.health.HealthState;
import dev.aicore.discovery.query.testing.QueryFixture;
import dev.aicore.discovery.query.testing.ReadModelRows;
import dev.aicore.discovery.query.testing.SampleInstance;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.test.web.reactive.server.WebTestClient;

/** Reads summaries of services and counts of changes, now and in the past. */
@Tag("integration")
class ServiceSummaryRoutesTest {

    private static final String PATH = "/api/v1/service-summaries";

    @RegisterExtension
    static final QueryFixture registry = new QueryFixture();

    private final ReadModelRows rows = registry.rows();
    private final WebTestClient client = registry.client();

    /** Creates three services: db works, web has one of three unhealthy since 60, api was half unhealthy until 50. */
    @BeforeEach
    void createServices() {
        var bad = HealthState.UNHEALTHY;
        present(SampleInstance.of("web", "w-1"), 10);
        present(SampleInstance.of("web", "w-2"), 20);
        rows.version(SampleInstance.of("web", "w-3"), 30, 60L, null);
        present(SampleInstance.of("web", "w-3").health(bad), 60);
        present(SampleInstance.of("db", "d-1"), 40);
        rows.version(SampleInstance.of("api", "a-1").health(bad), 45, 50L, null);
        present(SampleInstance.of("api", "a-1"), 50);
        present(SampleInstance.of("api", "a-2"), 46);
        for (long position = 10; position <= 60; position += 10) {
            rows.fact(position);
        }
        rows.audit(10, "w-1", "web", "InstanceRegistered", "It was registered.");
        rows.audit(50, "a-1", "api", "HealthChanged", "It is healthy again.");
        rows.audit(60, "w-3", "web", "HealthChanged", "It failed.");
        rows.watermark("instances", 60);
        rows.watermark("audit", 60);
        rows.head(60);
    }

    @Test
    void summaries_haveTotalsAndRowsOfOnePosition() {
        var answer = ok(client, PATH);
        var data = answer.path("data");

        assertThat(answer.at("/meta/position").asLong()).isEqualTo(60);
        assertThat(data.at("/totals/services").asInt()).isEqualTo(3);
        assertThat(data.at("/totals/instances").asInt()).isEqualTo(6);
        assertThat(data.at("/totals/by_status/unhealthy").asInt()).isEqualTo(1);
        assertThat(data.path("matching").asInt()).isEqualTo(3);
        assertThat(texts(data.path("services"), "name")).containsExactly("api", "db", "web");
        var web = data.at("/services/2");
        assertThat(web.path("instances").asInt()).isEqualTo(3);
        assertThat(web.at("/by_status/healthy").asInt()).isEqualTo(2);
        assertThat(web.at("/last/position").asLong()).isEqualTo(60);
        assertThat(web.at("/last/summary").asString()).isEqualTo("It failed.");
        assertThat(data.at("/services/1").has("last")).isFalse();
    }

    @Test
    void summaries_areFilteredAndOrderedByTheServer() {
        assertThat(names(PATH + "?order=worst")).containsExactly("web", "api", "db");
        assertThat(names(PATH + "?order=instances")).containsExactly("web", "api", "db");
        assertThat(names(PATH + "?order=last_change")).containsExactly("web", "api", "db");
        assertThat(names(PATH + "?q=B")).containsExactly("db", "web");
        assertThat(names(PATH + "?status=unhealthy")).containsExactly("web");
        assertThat(ok(client, PATH + "?q=none").at("/data/totals/services").asInt())
                .isEqualTo(3);
        assertThat(problem(client, PATH + "?order=best", 400, "validation_failed")
                        .at("/errors/0/expected")
                        .asString())
                .contains("worst");
    }

    @Test
    void pages_continueAfterTheLastServiceInTheOrder() {
        var first = ok(client, PATH + "?order=worst&limit=2");
        assertThat(texts(first.at("/data/services"), "name")).containsExactly("web", "api");
        assertThat(first.at("/data/matching").asInt()).isEqualTo(3);
        var cursor = first.at("/meta/next_cursor").asString();

        var second = ok(client, PATH + "?order=worst&limit=2&cursor=" + cursor);
        assertThat(texts(second.at("/data/services"), "name")).containsExactly("db");
        assertThat(second.path("meta").has("next_cursor")).isFalse();
        assertThat(problem(client, PATH + "?cursor=gone", 400, "validation_failed")
                        .at("/errors/0/field")
                        .asString())
                .isEqualTo("cursor");
    }

    @Test
    void summaries_ofARequiredPosition_areNotOlder() {
        ok(client, PATH);
        present(SampleInstance.of("cache", "c-1"), 70);
        rows.fact(70);
        rows.watermark("instances", 70);
        rows.watermark("audit", 70);
        rows.head(70);

        assertThat(texts(ok(client, PATH + "?min_position=70").at("/data/services"), "name"))
                .containsExactly("api", "cache", "db", "web");
    }

    @Test
    void past_showsNothingOfLaterFacts() {
        var answer = ok(client, PATH + "?at=45&order=worst");
        var data = answer.path("data");

        assertThat(answer.at("/meta/past").asBoolean()).isTrue();
        assertThat(answer.at("/meta/position").asLong()).isEqualTo(45);
        assertThat(texts(data.path("services"), "name")).containsExactly("api", "db", "web");
        assertThat(data.at("/services/0/by_status/unhealthy").asInt()).isEqualTo(1);
        assertThat(data.at("/services/2/by_status/unhealthy").asInt()).isZero();
        assertThat(data.at("/services/2/last/position").asLong()).isEqualTo(10);
        assertThat(data.at("/services/0").has("last")).isFalse();
    }

    @Test
    void activity_countsChangesByTimeAndAction() {
        var data = ok(client, "/api/v1/activity?at=60&window=60s&buckets=6").path("data");

        assertThat(data.path("bucket_ms").asLong()).isEqualTo(10_000);
        assertThat(data.path("complete").asBoolean()).isTrue();
        assertThat(data.at("/buckets/0/index").asInt()).isEqualTo(1);
        assertThat(data.at("/buckets/0/by_action/register").asInt()).isEqualTo(1);
        var last = data.at("/buckets/1");
        assertThat(last.path("index").asInt()).isEqualTo(5);
        assertThat(last.path("changes").asInt()).isEqualTo(2);
        assertThat(last.at("/by_action/health").asInt()).isEqualTo(2);
        assertThat(last.path("first_position").asLong()).isEqualTo(50);
        assertThat(last.path("last_position").asLong()).isEqualTo(60);
        assertThat(data.has("previous")).isFalse();
    }

    @Test
    void activity_aroundAPosition_namesItsNeighbours() {
        var web = ok(client, "/api/v1/activity?service_name=web&around=50").path("data");
        assertThat(web.path("previous").asLong()).isEqualTo(10);
        assertThat(web.path("next").asLong()).isEqualTo(60);

        var end = ok(client, "/api/v1/activity?around=60&at=60").path("data");
        assertThat(end.path("previous").asLong()).isEqualTo(50);
        assertThat(end.has("next")).isFalse();
        assertThat(ok(client, "/api/v1/activity?around=10&at=50&service_name=web")
                        .path("data")
                        .has("next"))
                .isFalse();
        assertThat(ok(client, "/api/v1/activity?service_id=a-1&around=60")
                        .at("/data/previous")
                        .asLong())
                .isEqualTo(50);
    }

    private void present(SampleInstance instance, long position) {
        rows.version(instance, position, null, null);
        rows.instance(instance, position);
    }

    private List<String> names(String path) {
        return texts(ok(client, path).at("/data/services"), "name");
    }
}
