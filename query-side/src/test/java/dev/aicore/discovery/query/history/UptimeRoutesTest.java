package dev.aicore.discovery.query.history;

import static dev.aicore.discovery.query.testing.ApiClient.ok;
import static dev.aicore.discovery.query.testing.ApiClient.problem;
import static dev.aicore.discovery.query.testing.ApiClient.texts;
import static org.assertj.core.api.Assertions.assertThat;

import dev.aicore.discovery.api.health.HealthState;
import dev.aicore.discovery.query.testing.QueryFixture;
import dev.aicore.discovery.query.testing.ReadModelRows;
import dev.aicore.discovery.query.testing.SampleInstance;
import java.io.ByteArrayInputStream;
import java.time.Duration;
import java.util.Objects;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.test.web.reactive.server.WebTestClient;

@Tag("integration")
class UptimeRoutesTest {

    private static final int MOST_SPANS = 50_000;

    @RegisterExtension
    static final QueryFixture registry = new QueryFixture();

    private final ReadModelRows rows = registry.rows();
    private final WebTestClient client = registry.client();

    /**
     * Creates 90 s whose positions are seconds after noon: w-1 is unhealthy from 60 to 80; w-2 was deregistered at 30,
     * w-0 before the window.
     */
    @BeforeEach
    void createVersions() {
        var web = SampleInstance.of("web", "w-1");
        rows.version(web, 10, 60L, null);
        rows.version(web.health(HealthState.UNHEALTHY), 60, 80L, null);
        rows.version(web, 80, null, null);
        rows.version(SampleInstance.of("web", "w-2"), 20, 30L, null);
        rows.version(SampleInstance.of("web", "w-2"), 30, null, "deregistered");
        rows.version(SampleInstance.of("web", "w-0"), 5, 7L, null);
        rows.version(SampleInstance.of("web", "w-0"), 7, null, "removed");
        for (long position = 10; position <= 110; position += 10) {
            rows.fact(position);
            rows.audit(position, "w-1", "web", "HealthChanged", "It changed.");
        }
        rows.watermark("instances", 110);
        rows.watermark("audit", 110);
        rows.head(110);
    }

    @Test
    void uptime_returnsAvailabilityInWindow() {
        var data = ok(client, "/api/v1/services/web/uptime?window=100s&at=110").path("data");

        assertThat(data.path("from").asString()).isEqualTo("2026-11-23T12:00:10.000Z");
        assertThat(data.path("to").asString()).isEqualTo("2026-11-23T12:01:50.000Z");
        assertThat(data.path("availability").asDouble()).isEqualTo(0.8);
        assertThat(texts(data.path("instances"), "id")).containsExactly("w-1", "w-2");
        var one = data.at("/instances/0");
        assertThat(one.path("availability").asDouble()).isEqualTo(0.8);
        assertThat(one.path("outages").asInt()).isEqualTo(1);
        assertThat(one.path("flaps").asInt()).isEqualTo(1);
        assertThat(one.path("mttr_seconds").asDouble()).isEqualTo(20.0);
        assertThat(one.at("/seconds/healthy").asDouble()).isEqualTo(80.0);
        var two = data.at("/instances/1");
        assertThat(two.path("availability").asDouble()).isEqualTo(1.0);
        assertThat(two.has("status")).isFalse();
    }

    @Test
    void uptime_worstFirst_isPaged() {
        rows.version(SampleInstance.of("web", "w-3").health(HealthState.UNHEALTHY), 20, null, null);

        var page = ok(client, "/api/v1/services/web/uptime?window=100s&at=110&order=worst&limit=2");
        var rest = ok(client, "/api/v1/services/web/uptime?window=100s&at=110&order=worst&limit=2&cursor=2");

        assertThat(texts(page.at("/data/instances"), "id")).containsExactly("w-3", "w-1");
        assertThat(page.at("/data/total").asInt()).isEqualTo(3);
        assertThat(page.at("/data/outages").asInt()).isEqualTo(2);
        assertThat(page.at("/meta/next_cursor").asString()).isEqualTo("2");
        assertThat(texts(rest.at("/data/instances"), "id")).containsExactly("w-2");
        assertThat(rest.at("/meta").has("next_cursor")).isFalse();
    }

    @Test
    void timelineJson_ofSomeInstances_hasOnlyThese() {
        client.get()
                .uri("/api/v1/services/web/timeline.svg?window=100s&at=110&id=w-2&id=w-7")
                .header("Accept", "application/json")
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.data.instances.length()")
                .isEqualTo(1)
                .jsonPath("$.data.instances[0].id")
                .isEqualTo("w-2");
    }

    @Test
    void uptime_ofInstanceRevivedAfterWindow_isOmitted() {
        rows.version(SampleInstance.of("web", "w-9"), 6, 8L, null);
        rows.version(SampleInstance.of("web", "w-9"), 8, 105L, "removed");
        rows.version(SampleInstance.of("web", "w-9"), 105, null, null);

        var data = ok(client, "/api/v1/services/web/uptime?window=50s&at=100").path("data");

        assertThat(texts(data.path("instances"), "id")).containsExactly("w-1");
    }

    @Test
    void uptime_ofInstanceRevivedInOtherService_isOmitted() {
        rows.version(SampleInstance.of("web", "w-9"), 6, 8L, null);
        rows.version(SampleInstance.of("web", "w-9"), 8, 90L, "deregistered");
        rows.version(SampleInstance.of("db", "w-9"), 90, null, null);
        rows.version(SampleInstance.of("web", "w-8"), 6, 8L, null);
        rows.version(SampleInstance.of("web", "w-8"), 8, 90L, "removed");
        rows.version(SampleInstance.of("web", "w-8"), 90, null, null);

        var data = ok(client, "/api/v1/services/web/uptime?window=50s&at=100").path("data");

        assertThat(texts(data.path("instances"), "id")).containsExactly("w-1", "w-8");
    }

    @Test
    void outage_endedByDeregistration_isNotExtended() {
        var ill = SampleInstance.of("web", "w-9").health(HealthState.UNHEALTHY);
        rows.version(ill, 20, 30L, null);
        rows.version(ill, 30, 90L, "deregistered");
        rows.version(SampleInstance.of("web", "w-9"), 90, null, null);

        var data = ok(client, "/api/v1/services/web/uptime?window=100s&at=110").path("data");

        assertThat(data.at("/instances/2/mttr_seconds").asDouble()).isEqualTo(10.0);
    }

    @Test
    void outage_beforeWindow_isTruncated() {
        var one = ok(client, "/api/v1/services/web/uptime?window=40s&at=110").at("/data/instances/0");

        assertThat(one.at("/seconds/unhealthy").asDouble()).isEqualTo(10.0);
        assertThat(one.path("outages").asInt()).isEqualTo(1);
        assertThat(one.path("flaps").asInt())
                .as("the change was before the window")
                .isZero();
    }

    @Test
    void uptime_ofUnknownService_isEmpty() {
        var data = ok(client, "/api/v1/services/nothing/uptime?window=7d").path("data");

        assertThat(data.path("instances").isEmpty()).isTrue();
        assertThat(data.path("availability").asDouble()).isZero();
    }

    @Test
    void uptime_withInvalidWindow_returns400() {
        problem(client, "/api/v1/services/web/uptime?window=367d", 400, "validation_failed");
        problem(client, "/api/v1/services/web/uptime?window=x", 400, "validation_failed");
    }

    @Test
    void uptime_withTooManySpans_returns400() {
        rows.version(SampleInstance.of("many", "m"), 20, null, null);
        rows.copies("m", MOST_SPANS);
        var patient = client.mutate().responseTimeout(Duration.ofSeconds(30)).build();

        var refused = problem(patient, "/api/v1/services/many/uptime?window=100s&at=110", 400, "validation_failed");

        assertThat(texts(refused.path("errors"), "field")).containsExactly("window");
    }

    @Test
    void timelineSvg_drawsSpans() throws Exception {
        var body = client.get()
                .uri("/api/v1/services/web/timeline.svg?window=100s&at=110")
                .exchange()
                .expectStatus()
                .isOk()
                .expectHeader()
                .contentTypeCompatibleWith("image/svg+xml")
                .expectBody(byte[].class)
                .returnResult()
                .getResponseBody();

        var svg = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(Objects.requireNonNull(body)));
        var titles = svg.getElementsByTagName("title");
        assertThat(titles.getLength())
                .as("one title of the image, and one of each span")
                .isEqualTo(1 + 4);
        assertThat(titles.item(2).getTextContent())
                .isEqualTo("unhealthy 2026-11-23T12:01:00.000Z to 2026-11-23T12:01:20.000Z");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "application/json | application/json",
                "application/json, */* | application/json",
                "image/*;q=0.5, application/json;q=0.9 | application/json",
                "application/json;q=0.1, image/svg+xml | image/svg+xml",
                "application/json;q=0.1, */*;q=0.2 | image/svg+xml",
                "text/html, */*;q=0.8 | image/svg+xml"
            })
    void timeline_acceptHeader_selectsFormat(String accept, String type) {
        client.get()
                .uri("/api/v1/services/web/timeline.svg")
                .header("Accept", accept)
                .exchange()
                .expectStatus()
                .isOk()
                .expectHeader()
                .contentTypeCompatibleWith(type);
    }

    @Test
    void timeline_withUnsupportedAccept_returns406() {
        client.get()
                .uri("/api/v1/services/web/timeline.svg")
                .header("Accept", "text/html")
                .exchange()
                .expectStatus()
                .isEqualTo(406);
    }

    @Test
    void timelineJson_returnsSpans() {
        client.get()
                .uri("/api/v1/services/web/timeline.svg?window=100s&at=110")
                .header("Accept", "application/json")
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.meta.past")
                .isEqualTo(true)
                .jsonPath("$.data.instances.length()")
                .isEqualTo(2)
                .jsonPath("$.data.instances[0].spans[1].status")
                .isEqualTo("unhealthy")
                .jsonPath("$.data.instances[0].spans[1].from")
                .isEqualTo("2026-11-23T12:01:00.000Z");
    }
}
