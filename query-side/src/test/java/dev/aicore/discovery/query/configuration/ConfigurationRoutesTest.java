package dev.aicore.discovery.query.configuration;

import static dev.aicore.discovery.query.testing.ApiClient.ok;
import static dev.aicore.discovery.query.testing.ApiClient.problem;
import static dev.aicore.discovery.query.testing.ApiClient.texts;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("integration")
class ConfigurationRoutesTest extends ConfigurationRoutesFixture {

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
}
