package dev.aicore.discovery.query.history;

import static dev.aicore.discovery.query.testing.ApiClient.ok;
import static dev.aicore.discovery.query.testing.ApiClient.problem;
import static dev.aicore.discovery.query.testing.ApiClient.texts;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.aicore.discovery.query.testing.QueryFixture;
import dev.aicore.discovery.query.testing.ReadModelRows;
import dev.aicore.discovery.query.testing.SampleInstance;
import dev.aicore.discovery.web.ApiJson;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.WebTestClient;
import tools.jackson.databind.JsonNode;

@Tag("integration")
class AuditRoutesTest {

    private static final String URI = "/api/v1/audit";

    @RegisterExtension
    static final QueryFixture registry = new QueryFixture();

    private final ReadModelRows rows = registry.rows();
    private final WebTestClient client = registry.client();

    /** Creates entries whose positions are seconds after noon. */
    @BeforeEach
    void createEntries() {
        rows.version(SampleInstance.of("web", "w-1"), 10, 30L, null);
        rows.version(SampleInstance.of("web", "w-1").expired(), 30, null, null);
        rows.audit(10, "w-1", "web", "InstanceRegistered", "alice registered it.");
        rows.audit(20, "d-1", "db", "InstanceRegistered", "alice registered it.");
        rows.auditOfRegistry(30, "w-1", "web", "LeaseExpired", "Silent for 5 s.", "Its lease expired.");
        rows.audit(40, "d-1", "db", "InstanceUpdated", "alice changed it.");
        rows.auditOfRegistry(50, "d-1", "db", "LeaseOverdue", "Many are silent.", "It is held back.");
        for (long position = 10; position <= 50; position += 10) {
            rows.fact(position);
        }
        rows.watermark("instances", 60);
        rows.watermark("audit", 60);
    }

    @ParameterizedTest
    @CsvSource({
        "'', 10 20 30 40 50",
        "service_name=web, 10 30",
        "service_id=d-1, 20 40 50",
        "actor=alice, 10 20 40",
        "actor=registry, 30 50",
        "actor=nobody, ''",
        "action=expire, 30 50",
        "action=register, 10 20",
        "action=register&action=update, 10 20 40",
        "type=LeaseExpired, 30",
        "type=LeaseExpired&type=InstanceUpdated, 30 40",
        "action=expire&type=LeaseOverdue, 50",
        "action=register&type=LeaseOverdue, ''",
        "from=20&to=40, 20 30 40",
        "from=21&to=39, 30",
        "from=2026-11-23T12:00:20Z&to=2026-11-23T12:00:40Z, 20 30 40",
        "from=2026-11-23T12:00:20.001Z&to=2026-11-23T12:00:39.999Z, 30",
        "from=2026-11-23T12:00:51Z, ''",
        "to=2026-11-23T12:00:09Z, ''",
        "from=-1s, ''",
        "to=-1s, 10 20 30 40 50",
        "service_name=web&actor=registry&from=20, 30",
        "order=desc, 50 40 30 20 10",
        "order=desc&actor=alice&to=39, 20 10",
    })
    void audit_withFilters_returnsMatchingEntries(String query, String positions) {
        assertThat(String.join(" ", positions(ok(client, URI + "?" + query)))).isEqualTo(positions);
        assertThat(String.join(" ", texts(ApiJson.mapper().valueToTree(lines(query)), "position")))
                .as("positions of the NDJSON lines")
                .isEqualTo(positions);
    }

    @Test
    void auditEntry_containsAllFields() {
        var entry =
                ok(client, URI + "?type=InstanceRegistered&service_name=web").at("/data/entries/0");

        assertThat(entry.path("action").asString()).isEqualTo("register");
        assertThat(entry.path("service_id").asString()).isEqualTo("w-1");
        assertThat(entry.path("service_name").asString()).isEqualTo("web");
        assertThat(entry.path("actor").asString()).isEqualTo("alice");
        assertThat(entry.path("role").asString()).isEqualTo("service");
        assertThat(entry.path("source_address").asString()).isEqualTo("10.0.0.9");
        assertThat(entry.path("protocol").asString()).isEqualTo("rest");
        assertThat(entry.path("request_id").asString()).isEqualTo("req-1");
        assertThat(entry.path("reason").asString()).isEqualTo("moving house");
        assertThat(entry.at("/after/status").asString()).isEqualTo("healthy");
        var expired = ok(client, URI + "?type=LeaseExpired").at("/data/entries/0");
        assertThat(expired.at("/before/status").asString()).isEqualTo("healthy");
        assertThat(expired.at("/after/status").asString()).isEqualTo("expired");
        assertThat(expired.path("cause").asString()).isEqualTo("Silent for 5 s.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"asc", "desc"})
    void paging_inBothOrders_returnsAllEntries(String order) {
        for (int limit = 1; limit <= 6; limit++) {
            List<String> seen = new ArrayList<>();
            var answer = ok(client, URI + "?order=" + order + "&limit=" + limit);
            seen.addAll(positions(answer));
            while (answer.path("meta").has("next_cursor")) {
                String cursor = answer.at("/meta/next_cursor").asString();
                answer = ok(client, URI + "?order=" + order + "&limit=" + limit + "&cursor=" + cursor);
                seen.addAll(positions(answer));
            }
            assertThat(order.equals("asc") ? seen : seen.reversed()).containsExactly("10", "20", "30", "40", "50");
        }
    }

    @Test
    void lines_beyondPageSize_continueUpToStartingPosition() {
        for (int i = 0; i < 1_234; i++) {
            rows.audit(100 + i, "d-1", "db", "InstanceUpdated", "alice changed it.");
        }
        rows.watermark("instances", 1_333);
        rows.watermark("audit", 1_333);
        rows.audit(5_000, "d-1", "db", "InstanceUpdated", "Not to be seen yet.");

        assertThat(lines("type=InstanceUpdated")).hasSize(1 + 1_234);
        assertThat(lines("type=InstanceUpdated&order=desc")).hasSize(1 + 1_234);
        assertThat(lines("type=InstanceUpdated&limit=700")).hasSize(700);
        assertThat(lines("type=InstanceUpdated&limit=500")).hasSize(500);
        assertThat(lines("type=InstanceUpdated&cursor=1300")).hasSize(33);
    }

    @Test
    void acceptHeader_selectsPreferredFormat() {
        client.get()
                .uri(URI)
                .accept(MediaType.APPLICATION_JSON, MediaType.APPLICATION_NDJSON)
                .exchange()
                .expectHeader()
                .contentType(MediaType.APPLICATION_JSON);
        client.get()
                .uri(URI)
                .header("Accept", "application/json;q=0.5, application/x-ndjson")
                .exchange()
                .expectHeader()
                .contentType(MediaType.APPLICATION_NDJSON);
    }

    @Test
    void invalidFilters_return400WithFields() {
        var problem =
                problem(client, URI + "?action=destroy&type=Nothing&from=soon&order=up", 400, "validation_failed");

        assertThat(texts(problem.path("errors"), "field")).containsExactlyInAnyOrder("action", "type", "from", "order");
        problem(client, URI + "?actors=alice", 400, "unknown_parameter");
    }

    private List<Object> lines(String query) {
        var body = client.mutate()
                .codecs(codecs -> codecs.defaultCodecs().maxInMemorySize(16 * 1024 * 1024))
                .build()
                .get()
                .uri(URI + "?" + query)
                .accept(MediaType.APPLICATION_NDJSON)
                .exchange()
                .expectStatus()
                .isOk()
                .expectHeader()
                .contentType(MediaType.APPLICATION_NDJSON)
                .expectBody(byte[].class)
                .returnResult()
                .getResponseBody();
        return body == null
                ? List.of()
                : new String(Objects.requireNonNull(body), UTF_8)
                        .lines()
                        .<Object>map(line -> ApiJson.mapper().readTree(line))
                        .toList();
    }

    private static List<String> positions(JsonNode answer) {
        return texts(answer.at("/data/entries"), "position");
    }
}
