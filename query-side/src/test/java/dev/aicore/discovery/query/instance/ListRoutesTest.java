package dev.aicore.discovery.query.instance;

import static dev.aicore.discovery.query.testing.ApiClient.ids;
import static dev.aicore.discovery.query.testing.ApiClient.ok;
import static dev.aicore.discovery.query.testing.ApiClient.problem;
import static org.assertj.core.api.Assertions.assertThat;

import dev.aicore.discovery.api.health.BreakerState;
import dev.aicore.discovery.api.health.HealthState;
import dev.aicore.discovery.api.instance.AdminState;
import dev.aicore.discovery.query.testing.ApiClient;
import dev.aicore.discovery.query.testing.QueryFixture;
import dev.aicore.discovery.query.testing.ReadModelRows;
import dev.aicore.discovery.query.testing.SampleInstance;
import dev.aicore.discovery.web.ApiJson;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.test.web.reactive.server.WebTestClient;

/** Tests the filters of lists of instances, and the list of services. */
@Tag("integration")
class ListRoutesTest {

    @RegisterExtension
    static final QueryFixture registry = new QueryFixture();

    private final ReadModelRows rows = registry.rows();
    private final WebTestClient client = registry.client();

    @BeforeEach
    void fill() {
        rows.instance(SampleInstance.of("web", "plain"), 1);
        rows.instance(
                SampleInstance.of("web", "blue").tags("blue", "fast").zone("b").version("2.0.0"), 2);
        rows.instance(SampleInstance.of("web", "eu").metadata(Map.of("region", "eu west", "a.b", "1")), 3);
        rows.instance(SampleInstance.of("web", "ill").health(HealthState.UNHEALTHY), 4);
        rows.instance(SampleInstance.of("web", "late").expired(), 5);
        rows.instance(
                SampleInstance.of("web", "off").declared(AdminState.MAINTENANCE).expired(), 6);
        rows.instance(SampleInstance.of("web", "out").breaker(BreakerState.OPEN), 7);
        rows.instance(SampleInstance.of("web", "half").breaker(BreakerState.HALF_OPEN), 8);
        rows.instance(SampleInstance.of("db", "six").address("2001:db8::1").tags("blue"), 9);
        rows.watermark("instances", 9);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "tag=blue                                      | six blue",
                "tag=blue&service_name=web                     | blue",
                "tag=blue&tag=fast                             | blue",
                "tag=blue&tag=slow                             | ''",
                "version=2.0.0                                 | blue",
                "zone=b                                        | blue",
                "metadata.region=eu+west                       | eu",
                "metadata.region=eu+west&metadata.a.b=1        | eu",
                "metadata.region=eu                            | ''",
                "address=[2001:DB8:0:0::1]                     | six",
                "address=2001:db8::2                           | ''",
                "status=unhealthy                              | ill",
                "status=expired                                | late",
                "status=maintenance&status=expired             | late off",
                "status=ejected                                | out",
                "status=healthy&service_name=web               | blue eu half plain",
                "status=healthy&tag=blue&zone=b&version=2.0.0  | blue",
                "status=draining                               | ''"
            })
    void list_withFilters_returnsMatchingInstances(String filters, String expected) {
        assertThat(String.join(" ", ids(ok(client, "/api/v1/services?" + filters))))
                .isEqualTo(expected);
    }

    @Test
    void filteredPaging_duringRegistrations_isComplete() {
        var ids = new ArrayList<String>();
        String cursor = "";
        for (int page = 0; page < 4; page++) {
            var answer = ok(client, "/api/v1/services?status=healthy&service_name=web&limit=1" + cursor);
            ids.addAll(ids(answer));
            cursor = "&cursor=" + answer.path("meta").path("next_cursor").asString();
            rows.instance(SampleInstance.of("web", "a-" + page), 20);
        }

        assertThat(ids).containsExactly("blue", "eu", "half", "plain");
    }

    @Test
    void serviceInstances_includeEveryStatusOfServiceOnly() {
        assertThat(ids(ok(client, "/api/v1/services/web/instances")))
                .containsExactly("blue", "eu", "half", "ill", "late", "off", "out", "plain");
        assertThat(ids(ok(client, "/api/v1/services/web/instances?status=expired&status=ejected")))
                .containsExactly("late", "out");
        assertThat(ids(ok(client, "/api/v1/services/nothing/instances"))).isEmpty();
        problem(client, "/api/v1/services/-web/instances", 400, "validation_failed");
        problem(client, "/api/v1/services/web/instances?service_name=db", 400, "unknown_parameter");
    }

    @Test
    void serviceInstances_arePaged() {
        var first = ok(client, "/api/v1/services/web/instances?limit=5");
        String cursor = first.path("meta").path("next_cursor").asString();

        assertThat(ids(first)).containsExactly("blue", "eu", "half", "ill", "late");
        var second = ok(client, "/api/v1/services/web/instances?limit=5&cursor=" + cursor);
        assertThat(ids(second)).containsExactly("off", "out", "plain");
        assertThat(second.path("meta").has("next_cursor")).isFalse();
        problem(client, "/api/v1/services/db/instances?cursor=" + cursor, 400, "validation_failed");
    }

    @Test
    void serviceNames_includeCountsByStatus() {
        var answer = ok(client, "/api/v1/service-names");

        assertThat(answer.path("data")).isEqualTo(ApiJson.mapper().readTree("""
                {"services": [
                  {"name": "db", "instances": 1, "by_status": {"healthy": 1, "unhealthy": 0, "starting": 0, "expired": 0,
                   "maintenance": 0, "draining": 0, "ejected": 0}},
                  {"name": "web", "instances": 8, "by_status": {"healthy": 4, "unhealthy": 1, "starting": 0, "expired": 1,
                   "maintenance": 1, "draining": 0, "ejected": 1}}]}
                """));
        assertThat(answer.path("meta").path("position").asLong()).isEqualTo(9);
    }

    @Test
    void serviceNames_arePaged() {
        var first = ok(client, "/api/v1/service-names?limit=1");
        var second = ok(
                client,
                "/api/v1/service-names?limit=1&cursor="
                        + first.path("meta").path("next_cursor").asString());

        assertThat(names(first)).containsExactly("db");
        assertThat(names(second)).containsExactly("web");
        assertThat(second.path("meta").has("next_cursor")).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "services?status=well, status, validation_failed, healthy",
        "services?tag=, tag, validation_failed, 1 to 128",
        "services?address=a..b, address, validation_failed, IP address",
        "services?metadata.=x, metadata., validation_failed, 1 to 128",
        "services?servicename=web, servicename, unknown_parameter, service_name",
        "services?stauts=healthy, stauts, unknown_parameter, status",
        "services?colour=red, colour, unknown_parameter, metadata.KEY",
        "services/plain?verbose=1, verbose, unknown_parameter, min_position",
        "services/plain/history?limt=1, limt, unknown_parameter, limit",
        "services/web/instances?Status=healthy, Status, unknown_parameter, status",
        "discover?service_name=web&tags=blue, tags, unknown_parameter, tag",
        "service-names?cursor=AAAA, cursor, validation_failed, next_cursor",
        "service-names?cursor=**, cursor, validation_failed, next_cursor",
        "service-names?limit=0, limit, validation_failed, 1 to 1000",
        "status?deep=1, deep, unknown_parameter, no parameters"
    })
    void invalidOrUnknownParameter_returns400WithField(String path, String field, String code, String expected) {
        var problem = problem(client, "/api/v1/" + path, 400, code);

        assertThat(ApiClient.texts(problem.path("errors"), "field")).containsExactly(field);
        assertThat(problem.path("errors").path(0).path("expected").asString()).contains(expected);
    }

    @Test
    void serviceNames_withoutInstances_areEmpty() {
        rows.clear();

        var answer = ok(client, "/api/v1/service-names");

        assertThat(names(answer)).isEmpty();
        assertThat(answer.path("meta").path("position").asLong()).isZero();
    }

    private static List<String> names(tools.jackson.databind.JsonNode answer) {
        return ApiClient.texts(answer.path("data").path("services"), "name");
    }
}
