package dev.aicore.discovery.query.configuration;

import static dev.aicore.discovery.query.testing.ApiClient.ok;
import static dev.aicore.discovery.query.testing.ApiClient.problem;
import static dev.aicore.discovery.query.testing.ApiClient.texts;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.aicore.discovery.query.testing.QueryFixture;
import dev.aicore.discovery.query.testing.ReadModelRows;
import dev.aicore.discovery.query.testing.SseEventReader;
import dev.aicore.discovery.query.testing.SseEventReader.Event;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.test.web.reactive.server.WebTestClient;
import tools.jackson.databind.JsonNode;

@Tag("integration")
class ConfigurationRoutesTest {

    private static final String URI = "/api/v1/configurations/orders";
    private static final String PRECISE = "{\"b\":1e400,\"a\":0.10,\"c\":12345678901234567890,\"d\":\"\\u0000é\"}";

    @RegisterExtension
    static final QueryFixture registry = new QueryFixture();

    private final ReadModelRows rows = registry.rows();
    private final WebTestClient client = registry.client();
    private final List<SseEventReader> readers = new ArrayList<>();

    /** Creates version 1 at 10 and 2 at 20, a deletion at 30, and version 3 at 40. */
    @BeforeEach
    void createVersions() {
        rows.configuration("orders", 1, 10, "{\"pool\":{\"size\":10}}");
        rows.configuration("orders", 2, 20, PRECISE);
        rows.configuration("orders", 2, 30, null);
        rows.configuration("orders", 3, 40, "{\"pool\":{\"size\":20},\"new\":[1]}");
        rows.configuration("gone", 1, 15, "{}");
        rows.configuration("gone", 1, 25, null);
        rows.watermark("configurations", 50);
    }

    @AfterEach
    void closeReaders() {
        readers.forEach(SseEventReader::close);
    }

    @Test
    void configuration_returnsCurrentVersion() {
        var answer = ok(client, URI);

        assertThat(answer.at("/meta/position").asLong()).isEqualTo(50);
        assertThat(answer.at("/meta/index").asLong()).isEqualTo(40);
        var data = answer.path("data");
        assertThat(data.path("service_name").asString()).isEqualTo("orders");
        assertThat(data.path("version").asInt()).isEqualTo(3);
        assertThat(data.path("configuration").toString()).isEqualTo("{\"pool\":{\"size\":20},\"new\":[1]}");
        assertThat(data.path("created_by").asString()).isEqualTo("alice");
        assertThat(data.path("reason").asString()).isEqualTo("more room");
        assertThat(data.path("position").asLong()).isEqualTo(40);
        assertThat(data.has("until")).isFalse();
    }

    @Test
    void configuration_isReturnedUnchangedToTheByte() {
        var body = client.get()
                .uri(URI + "/versions/2")
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody(byte[].class)
                .returnResult()
                .getResponseBody();

        assertThat(new String(Objects.requireNonNull(body), StandardCharsets.UTF_8))
                .contains("\"configuration\":" + PRECISE + ",");
    }

    @Test
    void configuration_withCurrentETag_returns304() {
        client.get().uri(URI).exchange().expectHeader().valueEquals("ETag", "\"3\"");
        client.get()
                .uri(URI)
                .header("If-None-Match", "\"2\", W/\"3\"")
                .exchange()
                .expectStatus()
                .isNotModified()
                .expectHeader()
                .valueEquals("X-Registry-Index", "40")
                .expectBody()
                .isEmpty();
        client.get()
                .uri(URI)
                .header("If-None-Match", "\"2\"")
                .exchange()
                .expectStatus()
                .isOk();
    }

    @Test
    void missingConfiguration_returns404WithIndex() {
        var never = problem(client, "/api/v1/configurations/never", 404, "unknown_configuration");
        assertThat(never.path("detail").asString()).contains("never");
        assertThat(problem(client, "/api/v1/configurations/gone", 404, "unknown_configuration")
                        .path("detail")
                        .asString())
                .contains("/versions");
        client.get()
                .uri("/api/v1/configurations/gone")
                .exchange()
                .expectHeader()
                .valueEquals("X-Registry-Index", "25");
        client.get()
                .uri("/api/v1/configurations/never")
                .exchange()
                .expectHeader()
                .valueEquals("X-Registry-Index", "0");
        problem(client, "/api/v1/configurations/-x", 400, "validation_failed");
        problem(client, URI + "?versoin=2", 400, "unknown_parameter");
        problem(client, URI + "?min_position=60&wait=0", 409, "not_yet_visible");
    }

    @Test
    void configuration_asOfPosition_returnsPastVersion() {
        rows.fact(10);
        rows.audit(10, "orders", "orders", "ConfigurationStored", "alice stored it.");
        rows.watermark("instances", 50);
        rows.watermark("audit", 50);
        rows.head(50);

        for (long position = 10; position <= 50; position++) {
            if (position >= 30 && position < 40) {
                problem(client, URI + "?at=" + position, 404, "unknown_configuration");
            } else {
                var then = ok(client, URI + "?at=" + position);
                assertThat(then.at("/data/version").asInt()).isEqualTo(position < 20 ? 1 : position < 30 ? 2 : 3);
                assertThat(then.at("/meta/past").asBoolean()).isTrue();
            }
        }
        problem(client, URI + "?at=51", 410, "other_store");
        problem(client, URI + "?at=20&index=3", 400, "validation_failed");
    }

    @Test
    void versions_areListedNewestFirstInPages() {
        var all = ok(client, URI + "/versions");
        assertThat(texts(all.at("/data/versions"), "version")).containsExactly("3", "2", "1");
        assertThat(texts(all.at("/data/versions"), "until"))
                .containsExactly("", "2026-11-23T12:00:30.000Z", "2026-11-23T12:00:20.000Z");
        assertThat(all.at("/data/versions/0").has("configuration")).isFalse();

        var first = ok(client, URI + "/versions?limit=2");
        assertThat(texts(first.at("/data/versions"), "version")).containsExactly("3", "2");
        var cursor = first.at("/meta/next_cursor").asString();
        var second = ok(client, URI + "/versions?limit=2&cursor=" + cursor);
        assertThat(texts(second.at("/data/versions"), "version")).containsExactly("1");
        assertThat(second.path("meta").has("next_cursor")).isFalse();

        assertThat(texts(ok(client, "/api/v1/configurations/gone/versions").at("/data/versions"), "version"))
                .containsExactly("1");
        problem(client, "/api/v1/configurations/never/versions", 404, "unknown_configuration");
    }

    @Test
    void version_ofDeletedConfiguration_isReturned() {
        assertThat(ok(client, URI + "/versions/1")
                        .at("/data/configuration/pool/size")
                        .asInt())
                .isEqualTo(10);
        assertThat(ok(client, "/api/v1/configurations/gone/versions/1").at("/data/configuration"))
                .isEmpty();
        problem(client, URI + "/versions/4", 404, "unknown_version");
        problem(client, URI + "/versions/0", 400, "validation_failed");
        problem(client, "/api/v1/configurations/never/versions/1", 404, "unknown_configuration");
    }

    @Test
    void diff_ofVersions_isListOrPatch() {
        var list = ok(client, URI + "/diff?from=1&to=3").at("/data");
        assertThat(list.path("from").asInt()).isEqualTo(1);
        assertThat(list.path("to").asInt()).isEqualTo(3);
        assertThat(list.path("changes").toString())
                .isEqualTo("[{\"path\":\"/pool/size\",\"change\":\"replaced\",\"before\":10,\"after\":20},"
                        + "{\"path\":\"/new\",\"change\":\"added\",\"after\":[1]}]");
        assertThat(ok(client, URI + "/diff?from=2&to=2").at("/data/changes")).isEmpty();

        var patch = client.get()
                .uri(URI + "/diff?from=1&to=3")
                .header("Accept", "application/json-patch+json")
                .exchange()
                .expectStatus()
                .isOk()
                .expectHeader()
                .contentType("application/json-patch+json")
                .expectHeader()
                .valueEquals("X-Registry-Position", "50")
                .expectBody(byte[].class)
                .returnResult()
                .getResponseBody();
        assertThat(new String(Objects.requireNonNull(patch), StandardCharsets.UTF_8))
                .isEqualTo("[{\"op\":\"replace\",\"path\":\"/pool/size\",\"value\":20},"
                        + "{\"op\":\"add\",\"path\":\"/new\",\"value\":[1]}]");

        problem(client, URI + "/diff?from=1", 400, "validation_failed");
        problem(client, URI + "/diff?from=1&to=9", 404, "unknown_version");
    }

    @Test
    void schema_returnsCurrentRevision() {
        rows.schema("orders", 4, 45, "{\"type\":\"object\"}");
        rows.schema("gone", 2, 46, null);

        var data = ok(client, URI + "/schema").path("data");
        assertThat(data.path("revision").asInt()).isEqualTo(4);
        assertThat(data.path("schema").toString()).isEqualTo("{\"type\":\"object\"}");
        client.get().uri(URI + "/schema").exchange().expectHeader().valueEquals("ETag", "\"s4\"");
        problem(client, "/api/v1/configurations/gone/schema", 404, "unknown_schema");
    }

    @Test
    void longPoll_completesOnOwnChangeOnly() throws Exception {
        assertThat(ok(client, URI + "?index=39&wait=20s").at("/meta/index").asLong())
                .isEqualTo(40);
        var waiting = CompletableFuture.supplyAsync(() -> ok(client, URI + "?index=40&wait=20s"));
        rows.configuration("billing", 1, 60, "{}");
        rows.watermark("configurations", 65);
        await().until(() -> ok(client, "/api/v1/configurations/billing?index=59&wait=20s")
                        .at("/meta/position")
                        .asLong()
                >= 65);
        assertThat(waiting).isNotDone();

        rows.configuration("orders", 4, 70, "{\"pool\":{}}");
        rows.watermark("configurations", 75);

        var answer = waiting.get(30, TimeUnit.SECONDS);
        assertThat(answer.at("/data/version").asInt()).isEqualTo(4);
        assertThat(answer.at("/meta/index").asLong()).isEqualTo(70);
    }

    @Test
    void longPoll_ofMissingConfiguration_returnsFirstVersion() throws Exception {
        var waiting = CompletableFuture.supplyAsync(() -> ok(client, "/api/v1/configurations/coming?index=0&wait=20s"));
        rows.configuration("coming", 1, 80, "{\"here\":true}");
        rows.watermark("configurations", 80);

        assertThat(waiting.get(30, TimeUnit.SECONDS)
                        .at("/data/configuration/here")
                        .asBoolean())
                .isTrue();
    }

    @Test
    void longPoll_afterTimeout_returnsCurrentState() {
        assertThat(ok(client, URI + "?index=40&wait=100ms").at("/meta/index").asLong())
                .isEqualTo(40);
        problem(client, "/api/v1/configurations/gone?index=25&wait=100ms", 404, "unknown_configuration");
        problem(client, URI + "?index=900000&wait=1s", 410, "other_store");
        problem(client, URI + "?index=1&min_position=1", 400, "validation_failed");
    }

    @Test
    void watch_sendsSnapshotThenOwnChanges() throws IOException {
        var reader = watch(null);
        var snapshot = next(reader);
        assertThat(reader.response().headers().firstValue("Content-Type")).contains("text/event-stream");
        assertThat(snapshot.name()).isEqualTo("snapshot");
        assertThat(snapshot.id()).isEqualTo(50);
        assertThat(snapshot.data().at("/configuration/version").asInt()).isEqualTo(3);

        rows.configuration("billing", 1, 55, "{}");
        rows.configuration("orders", 4, 60, "{\"a\":4}");
        rows.configuration("orders", 4, 61, null);
        rows.watermark("configurations", 61);

        assertThat(List.of(next(reader), next(reader)))
                .extracting(event -> event.name() + " " + event.id() + " "
                        + event.data().path("type").asString() + " " + content(event.data()))
                .containsExactly("change 60 changed {\"a\":4}", "change 61 deleted ");
    }

    @Test
    void watch_afterReconnect_sendsEachChangeOnceInOrder() throws IOException {
        for (int version = 4; version <= 103; version++) {
            rows.configuration("orders", version, 50 + version, "{\"v\":" + version + "}");
        }
        rows.watermark("configurations", 160);
        var positions = new ArrayList<Long>();
        String last = "0";
        while (positions.size() < 104) {
            var reader = watch(last);
            for (int i = 0; i < 33 && positions.size() < 104; i++) {
                var event = next(reader);
                assertThat(event.name()).isEqualTo("change");
                positions.add(event.id());
                last = Long.toString(event.id());
            }
        }
        assertThat(positions)
                .startsWith(10L, 20L, 30L, 40L, 54L)
                .endsWith(153L)
                .isSorted()
                .doesNotHaveDuplicates();
        assertThat(next(watch("160")).name()).isEqualTo("bookmark");
    }

    private static String content(JsonNode change) {
        return change.has("configuration")
                ? change.at("/configuration/configuration").toString()
                : "";
    }

    private SseEventReader watch(@Nullable String lastEventId) {
        var reader = new SseEventReader(registry.server().address() + URI, lastEventId);
        readers.add(reader);
        return reader;
    }

    private static Event next(SseEventReader reader) throws IOException {
        return Objects.requireNonNull(reader.next());
    }
}
