package dev.aicore.discovery.command.instance;

import static dev.aicore.discovery.command.testing.CommandServer.PRINCIPAL;
import static org.assertj.core.api.Assertions.assertThat;

import dev.aicore.discovery.command.testing.CommandServer;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.HttpMethod;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.test.web.reactive.server.WebTestClient.ResponseSpec;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class UpdateRoutesTest {

    private static CommandServer server;
    private static WebTestClient client;

    @BeforeAll
    static void start() {
        server = CommandServer.start();
        client = server.client();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @ParameterizedTest
    @CsvSource({"PUT,application/json", "PATCH,application/json", "PATCH,application/merge-patch+json"})
    void update_returnsInstanceAfterOneFact(String method, String type) {
        long registered = register("merged", "ann").at("/meta/position").asLong();
        var answer = json(client.method(HttpMethod.valueOf(method))
                .uri("/api/v1/services/merged")
                .header(PRINCIPAL, "ann")
                .header("Content-Type", type)
                .bodyValue("{\"status\":\"maintenance\",\"weight\":50,\"reason\":\"new disk\"}")
                .exchange()
                .expectStatus()
                .isOk());
        assertThat(answer.at("/meta/position").asLong()).isEqualTo(registered + 1);
        var data = answer.at("/data");
        assertThat(data.at("/status").asString()).isEqualTo("maintenance");
        assertThat(data.at("/declared").asString()).isEqualTo("maintenance");
        assertThat(data.at("/lease").asString()).isEqualTo("live");
        assertThat(data.at("/weight").asInt()).isEqualTo(50);
        assertThat(data.at("/metadata/region").asString()).isEqualTo("eu");
        assertThat(data.at("/declaration_version").asInt()).isEqualTo(2);

        var again = json(put("merged", "ann", "{\"status\":\"maintenance\",\"weight\":50}")
                .expectStatus()
                .isOk());
        assertThat(again.at("/data")).isEqualTo(data);
        assertThat(again.at("/meta/position").asLong()).isEqualTo(registered + 1);

        var back = json(put("merged", "ann", "{\"status\":null,\"weight\":null}")
                .expectStatus()
                .isOk());
        assertThat(back.at("/data/status").asString()).isEqualTo("healthy");
        assertThat(back.at("/data/weight").asInt()).isEqualTo(100);
        client.delete().uri("/api/v1/services/merged").exchange().expectStatus().isOk();
    }

    @Test
    void reregistration_returnsDrainingStatus() {
        register("kept", "ann");
        put("kept", "ann", "{\"status\":\"draining\"}").expectStatus().isOk();
        assertThat(register("kept", "ann").at("/data/status").asString()).isEqualTo("draining");
    }

    @Test
    void update_withRegistrationBody_isAccepted() {
        register("whole", "ann");
        put("whole", "ann", registration("whole").replace("8080", "9090"))
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.data.port")
                .isEqualTo(9090);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"name\":\"billing\"}|422|name_immutable|name",
                "{\"id\":\"other\"}|400|validation_failed|id",
                "{\"status\":\"healthy\"}|400|validation_failed|status",
                "{\"wieght\":1}|400|unknown_field|wieght",
                "{\"effective_ttl\":1}|400|unknown_field|effective_ttl",
                "{\"weight\":70000}|400|validation_failed|weight",
                "{\"address\":null}|400|validation_failed|address",
                "{\"ttl\":0}|400|validation_failed|ttl",
                "{\"health_check\":{\"check_type\":\"smtp\"}}|400|validation_failed|health_check.check_type",
                "{\"health_check\":{\"check_type\":\"tcp\",\"path\":\"/\"}}|400|unknown_field|health_check.path",
                "[]|400|validation_failed|body",
            })
    void update_withInvalidBody_isRefusedByField(String body, int status, String code, String field) {
        register("strict", "ann");
        put("strict", "ann", body)
                .expectStatus()
                .isEqualTo(status)
                .expectBody()
                .jsonPath("$.code")
                .isEqualTo(code)
                .jsonPath("$.errors[0].field")
                .isEqualTo(field);
        assertThat(register("strict", "ann").at("/data/declaration_version").asInt())
                .isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "POST||{\"protocol\":\"udp\"}|protocol|one of http, https, grpc, tcp",
                "POST||{\"initial_status\":\"up\"}|initial_status|one of healthy, starting",
                "POST||{\"namespace\":\"other\"}|namespace|one of default",
                "POST||{\"health_check\":{\"check_type\":\"smtp\"}}|health_check.check_type|one of http, tcp, grpc, script, ttl, none, composite",
                "PUT|/choosy|{\"status\":\"up\"}|status|one of active, maintenance, draining",
                "POST|/choosy/heartbeat|{\"status\":\"up\"}|status|one of healthy, unhealthy",
            })
    void invalidChoice_listsNamesInFixedOrder(
            HttpMethod method, @Nullable String path, String body, String field, String expected) {
        client.method(method)
                .uri("/api/v1/services" + Objects.requireNonNullElse(path, ""))
                .header("Content-Type", "application/json")
                .bodyValue(body)
                .exchange()
                .expectStatus()
                .isBadRequest()
                .expectBody()
                .jsonPath("$.errors[?(@.field == '" + field + "')].expected")
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"PUT", "PATCH"})
    void update_byNonOwnerOrOfMissingInstance_isRefused(String method) {
        register("owned", "ann");
        var asked = HttpMethod.valueOf(method);
        send(asked, "owned", "bob", "{\"weight\":1}").expectStatus().isEqualTo(409);
        send(asked, "owned", null, "{\"weight\":" + method.length() + "}")
                .expectStatus()
                .isOk();
        send(asked, "never", "ann", "{\"weight\":1}").expectStatus().isEqualTo(404);
        client.delete().uri("/api/v1/services/owned").exchange().expectStatus().isOk();
        send(asked, "owned", "ann", "{\"weight\":1}").expectStatus().isEqualTo(410);
    }

    @Test
    void write_withStaleETag_returns412WithCurrentETag() {
        var created = client.post()
                .uri("/api/v1/services")
                .header("Content-Type", "application/json")
                .header("If-None-Match", "*")
                .bodyValue(registration("tagged"))
                .exchange()
                .expectStatus()
                .isCreated();
        var first = tag(created);
        var second = tag(matching(first, "{\"weight\":50}").expectStatus().isOk());
        assertThat(second).isNotEqualTo(first);
        matching("W/" + second + ", " + first, "{\"weight\":60}")
                .expectStatus()
                .isEqualTo(412)
                .expectBody()
                .jsonPath("$.code")
                .isEqualTo("precondition_failed")
                .jsonPath("$.errors[0].expected")
                .isEqualTo(second);
        matching("*", "{\"weight\":70}").expectStatus().isOk();
        var third = tag(matching(first + "," + tag(matching("*", "{}")), "{}")
                .expectStatus()
                .isOk());
        client.post()
                .uri("/api/v1/services")
                .header("Content-Type", "application/json")
                .header("If-None-Match", "*")
                .bodyValue(registration("tagged"))
                .exchange()
                .expectStatus()
                .isEqualTo(412)
                .expectBody()
                .jsonPath("$.errors[0].rejected_value")
                .isEqualTo(third);
        var path = "/api/v1/services/tagged";
        client.delete()
                .uri(path)
                .header("If-Match", first)
                .exchange()
                .expectStatus()
                .isEqualTo(412);
        client.delete()
                .uri(path)
                .header("If-Match", third)
                .exchange()
                .expectStatus()
                .isOk();
    }

    @Test
    void unmatchedETags_areShownInTheirOrder() {
        register("unmatched", "ann");
        client.put()
                .uri("/api/v1/services/unmatched")
                .header("Content-Type", "application/json")
                .header("If-Match", "\"b\", \"d\", W/\"x\", \"a\", \"c\"")
                .bodyValue("{\"weight\":50}")
                .exchange()
                .expectStatus()
                .isEqualTo(412)
                .expectBody()
                .jsonPath("$.errors[0].rejected_value")
                .isEqualTo("\"b\", \"d\", \"a\", \"c\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "\"a", "\"a\",", "\"a\" \"b\"", "*, \"a\"", "w/\"a\""})
    void update_withMalformedIfMatch_returns400(String header) {
        matching(header, "{\"weight\":60}")
                .expectStatus()
                .isEqualTo(400)
                .expectBody()
                .jsonPath("$.errors[0].field")
                .isEqualTo("If-Match");
    }

    @Test
    void registration_withETagInIfNoneMatch_returns400() {
        client.post()
                .uri("/api/v1/services")
                .header("Content-Type", "application/json")
                .header("If-None-Match", "\"a\"")
                .bodyValue(registration("tagged"))
                .exchange()
                .expectStatus()
                .isEqualTo(400)
                .expectBody()
                .jsonPath("$.errors[0].field")
                .isEqualTo("If-None-Match");
    }

    private static ResponseSpec matching(String header, String body) {
        return client.put()
                .uri("/api/v1/services/tagged")
                .header("Content-Type", "application/json")
                .header("If-Match", header)
                .bodyValue(body)
                .exchange();
    }

    private static String tag(ResponseSpec answer) {
        return Objects.requireNonNull(
                answer.expectBody().returnResult().getResponseHeaders().getETag());
    }

    @Test
    void update_withUnsupportedMediaType_returns415() {
        client.patch()
                .uri("/api/v1/services/any")
                .header("Content-Type", "application/json-patch+json")
                .bodyValue("[]")
                .exchange()
                .expectStatus()
                .isEqualTo(415)
                .expectBody()
                .jsonPath("$.errors[0].expected")
                .isEqualTo("application/json or application/merge-patch+json");
    }

    private static JsonNode register(String id, String principal) {
        return json(client.post()
                .uri("/api/v1/services")
                .header(PRINCIPAL, principal)
                .header("Content-Type", "application/json")
                .bodyValue(registration(id))
                .exchange()
                .expectStatus()
                .is2xxSuccessful());
    }

    private static String registration(String id) {
        return "{\"id\":\"%s\",\"name\":\"orders\",\"address\":\"10.0.0.1\",\"port\":8080,\"ttl\":300,\"metadata\":{\"region\":\"eu\"}}"
                .formatted(id);
    }

    private static ResponseSpec put(String id, String principal, String body) {
        return send(HttpMethod.PUT, id, principal, body);
    }

    private static ResponseSpec send(HttpMethod method, String id, @Nullable String principal, String body) {
        var request = client.method(method).uri("/api/v1/services/" + id).header("Content-Type", "application/json");
        return (principal == null ? request : request.header(PRINCIPAL, principal))
                .bodyValue(body)
                .exchange();
    }

    private static JsonNode json(ResponseSpec answer) {
        return new JsonMapper().readTree(answer.expectBody().returnResult().getResponseBodyContent());
    }
}
