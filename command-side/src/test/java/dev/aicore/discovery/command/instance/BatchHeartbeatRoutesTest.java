package dev.aicore.discovery.command.instance;

import static dev.aicore.discovery.command.testing.CommandServer.PRINCIPAL;
import static org.assertj.core.api.Assertions.assertThat;

import dev.aicore.discovery.command.testing.CommandServer;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.test.web.reactive.server.WebTestClient.ResponseSpec;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class BatchHeartbeatRoutesTest {

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

    @Test
    void batchHeartbeat_returnsOneOutcomePerInstance() {
        register("a", "orders", "ann");
        register("b", "billing", "ann");
        register("c", "orders", "bob");
        register("d", "orders", "ann");
        client.delete().uri("/api/v1/services/d").exchange().expectStatus().isOk();

        var answer = json(sendHeartbeats("{\"ids\":[\"b\",\"a\",\"b\",\"c\",\"d\",\"x\"]}")
                .expectStatus()
                .isOk());

        var data = answer.at("/data");
        assertThat(texts(data, "id")).containsExactly("b", "a", "c", "d", "x");
        assertThat(texts(data, "outcome"))
                .containsExactly("renewed", "renewed", "owned_by_another", "instance_deregistered", "unknown_instance");
        assertThat(texts(data, "code"))
                .containsExactly("", "", "owned_by_another", "instance_deregistered", "unknown_instance");
        assertThat(data.at("/outcomes/0/expires_at").asString()).isNotEmpty();
        assertThat(data.at("/outcomes/4/detail").asString()).contains("'x'");
        assertThat(List.of(
                        data.at("/total").asInt(),
                        data.at("/renewed").asInt(),
                        data.at("/failed").asInt()))
                .containsExactly(5, 2, 3);
        // No event happens in between: the highest position was the last one.
        long next = register("e", "orders", "ann").at("/meta/position").asLong();
        assertThat(answer.at("/meta/position").asLong()).isEqualTo(next - 1);
    }

    @Test
    void batchHeartbeat_withMaxIds_isAccepted() {
        var ids = IntStream.range(0, HeartbeatBatchRequest.MAX_IDS)
                .mapToObj(number -> "\"%0256d\"".formatted(number))
                .collect(Collectors.joining(", ", "{\"ids\": [", "]}"));
        var answer = json(sendHeartbeats(ids).expectStatus().isOk());
        assertThat(answer.at("/data/failed").asInt()).isEqualTo(HeartbeatBatchRequest.MAX_IDS);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}|validation_failed|ids",
                "{\"ids\":[]}|validation_failed|ids",
                "{\"ids\":null}|validation_failed|ids",
                "{\"ids\":\"a\"}|validation_failed|ids",
                "{\"ids\":[\"a\",\"b c\"]}|validation_failed|ids[1]",
                "{\"ids\":[\"a\"],\"id\":\"b\"}|unknown_field|id",
                "{\"heartbeats\":[]}|validation_failed|heartbeats",
                "{\"heartbeats\":{}}|validation_failed|heartbeats",
                "{\"heartbeats\":[\"a\"]}|validation_failed|heartbeats[0]",
                "{\"heartbeats\":[{}]}|validation_failed|heartbeats[0].id",
                "{\"heartbeats\":[{\"id\":\"a\",\"status\":\"ill\"}]}|validation_failed|heartbeats[0].status",
                "{\"heartbeats\":[{\"id\":\"a\",\"active_connections\":-1}]}|validation_failed|heartbeats[0].active_connections",
                "{\"heartbeats\":[{\"id\":\"a\"},{\"id\":\"a\"}]}|validation_failed|heartbeats[1].id",
                "{\"ids\":[\"a\"],\"heartbeats\":[{\"id\":\"a\"}]}|validation_failed|heartbeats[0].id",
                "{\"heartbeats\":[{\"id\":\"a\",\"view\":[{\"service_name\":\"b\"}]}]}|validation_failed|heartbeats[0].view[0].position",
                "{\"heartbeats\":[{\"id\":\"a\",\"view\":[{\"service_name\":\"-\",\"position\":1}]}]}|validation_failed|heartbeats[0].view[0].service_name",
                "{\"heartbeats\":[{\"id\":\"a\",\"load\":1}]}|unknown_field|heartbeats[0].load",
            })
    void batchHeartbeat_withInvalidBody_returns400(String body, String code, String field) {
        sendHeartbeats(body)
                .expectStatus()
                .isEqualTo(400)
                .expectBody()
                .jsonPath("$.code")
                .isEqualTo(code)
                .jsonPath("$.errors.length()")
                .isEqualTo(1)
                .jsonPath("$.errors[0].field")
                .isEqualTo(field);
    }

    @Test
    void batchHeartbeat_withStatusAndConnections_reportsThem() {
        register("s-1", "shop", "ann");
        register("s-2", "shop", "ann");
        register("s-3", "shop", "bob");

        var data = json(sendHeartbeats("""
                        {"ids": ["s-2"], "heartbeats": [
                            {"id": "s-1", "status": "unhealthy", "active_connections": 7,
                                "view": [{"service_name": "db", "position": 3, "age_ms": 40}]},
                            {"id": "s-3", "status": "healthy"},
                            {"id": "nobody"}]}""").expectStatus().isOk()).at("/data");

        assertThat(texts(data, "id")).containsExactly("s-2", "s-1", "s-3", "nobody");
        assertThat(texts(data, "outcome"))
                .containsExactly("renewed", "renewed", "owned_by_another", "unknown_instance");
        assertThat(data.at("/renewed").asInt()).isEqualTo(2);
        // The default policy needs three failures in a row.
        for (int i = 0; i < 2; i++) {
            sendHeartbeats("{\"heartbeats\": [{\"id\": \"s-1\", \"status\": \"unhealthy\"}]}")
                    .expectStatus()
                    .isOk();
        }
        var status = json(client.patch()
                        .uri("/api/v1/services/s-1")
                        .header(PRINCIPAL, "ann")
                        .header("Content-Type", "application/json")
                        .bodyValue("{\"weight\": 5}")
                        .exchange()
                        .expectStatus()
                        .isOk())
                .at("/data/status");
        assertThat(status.asString()).isEqualTo("unhealthy");
    }

    @Test
    void batchHeartbeat_beyondLimits_isRefused() {
        var ids = IntStream.rangeClosed(0, HeartbeatBatchRequest.MAX_IDS)
                .mapToObj(number -> "\"i" + number + "\"")
                .collect(Collectors.joining(",", "{\"ids\":[", "]}"));
        sendHeartbeats(ids)
                .expectStatus()
                .isEqualTo(400)
                .expectBody()
                .jsonPath("$.errors[0].expected")
                .isEqualTo("an array of at most 10000 strings");
        var large = "{\"ids\":[\"" + "a".repeat(BatchHeartbeatController.MAX_BYTES) + "\"]}";
        sendHeartbeats(large).expectStatus().isEqualTo(413);
    }

    private static ResponseSpec sendHeartbeats(String body) {
        return client.post()
                .uri("/api/v1/heartbeats")
                .header(PRINCIPAL, "ann")
                .header("Content-Type", "application/json")
                .bodyValue(body)
                .exchange();
    }

    private static JsonNode register(String id, String service, String principal) {
        return json(client.post()
                .uri("/api/v1/services")
                .header(PRINCIPAL, principal)
                .header("Content-Type", "application/json")
                .bodyValue("{\"id\":\"%s\",\"name\":\"%s\",\"address\":\"10.0.0.1\",\"port\":80,\"ttl\":300}"
                        .formatted(id, service))
                .exchange()
                .expectStatus()
                .isCreated());
    }

    private static List<String> texts(JsonNode data, String member) {
        return StreamSupport.stream(data.path("outcomes").spliterator(), false)
                .map(outcome -> outcome.path(member).asString())
                .toList();
    }

    private static JsonNode json(ResponseSpec answer) {
        return new JsonMapper().readTree(answer.expectBody().returnResult().getResponseBodyContent());
    }
}
