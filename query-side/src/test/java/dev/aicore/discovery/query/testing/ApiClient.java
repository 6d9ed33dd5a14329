package dev.aicore.discovery.query.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aicore.discovery.web.ApiJson;
import java.util.List;
import java.util.Objects;
import java.util.stream.StreamSupport;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.WebTestClient;
import tools.jackson.databind.JsonNode;

/** Sends HTTP requests and parses the responses like any client. */
public final class ApiClient {

    private ApiClient() {}

    /** Returns the body of a 200, which must have an envelope and state its position in the header as well. */
    public static JsonNode ok(WebTestClient client, String uri) {
        var answer = client.get().uri(uri).exchange().expectStatus().isOk();
        var result = answer.expectHeader()
                .contentType(MediaType.APPLICATION_JSON)
                .expectBody(byte[].class)
                .returnResult();
        var json = ApiJson.mapper().readTree(Objects.requireNonNull(result.getResponseBody()));
        assertThat(json.path("success").asBoolean()).isTrue();
        assertThat(json.path("meta").path("at").asString())
                .matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z");
        assertThat(result.getResponseHeaders().getFirst("X-Registry-Position"))
                .isEqualTo(json.path("meta").path("position").asString());
        return json;
    }

    /** Returns the body of an error, which must be a problem with this status and code. */
    public static JsonNode problem(WebTestClient client, String uri, int status, String code) {
        var result = client.get()
                .uri(uri)
                .exchange()
                .expectStatus()
                .isEqualTo(status)
                .expectHeader()
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .expectBody(byte[].class)
                .returnResult();
        var json = ApiJson.mapper().readTree(Objects.requireNonNull(result.getResponseBody()));
        assertThat(json.path("code").asString()).isEqualTo(code);
        assertThat(json.path("status").asInt()).isEqualTo(status);
        assertThat(json.path("request_id").asString()).isNotEmpty();
        return json;
    }

    /** Returns the ids of {@code data.services}, in order. */
    public static List<String> ids(JsonNode answer) {
        return texts(answer.path("data").path("services"), "id");
    }

    /** Returns one member of each element of an array. */
    public static List<String> texts(JsonNode array, String member) {
        return StreamSupport.stream(array.spliterator(), false)
                .map(element -> element.path(member).asString())
                .toList();
    }
}
