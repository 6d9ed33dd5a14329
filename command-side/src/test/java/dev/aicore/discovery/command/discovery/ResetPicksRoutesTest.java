package dev.aicore.discovery.command.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aicore.discovery.command.testing.CommandServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.test.web.reactive.server.WebTestClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ResetPicksRoutesTest {

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
    void resetPicks_returnsPositionAndTimeOfFact() {
        var first = reset("orders");
        assertThat(first.at("/data/service_name").asString()).isEqualTo("orders");
        assertThat(first.at("/data/reset").asBoolean()).isTrue();
        assertThat(first.at("/data/since").asString())
                .isEqualTo(first.at("/meta/at").asString());
        var again = reset("orders");
        assertThat(again.at("/meta/position").asLong())
                .isEqualTo(first.at("/meta/position").asLong() + 1);
    }

    @Test
    void resetPicks_withInvalidNameOrUnknownParameter_returns400() {
        client.delete()
                .uri("/api/v1/load-balancer/-orders/stats")
                .exchange()
                .expectStatus()
                .isBadRequest()
                .expectBody()
                .jsonPath("$.code")
                .isEqualTo("validation_failed")
                .jsonPath("$.errors[0].field")
                .isEqualTo("service_name");
        client.delete()
                .uri("/api/v1/load-balancer/orders/stats?strategy=random")
                .exchange()
                .expectStatus()
                .isBadRequest()
                .expectBody()
                .jsonPath("$.code")
                .isEqualTo("unknown_parameter");
    }

    private static JsonNode reset(String service) {
        return new JsonMapper()
                .readTree(client.delete()
                        .uri("/api/v1/load-balancer/" + service + "/stats")
                        .header("X-Reason", "load test is over")
                        .exchange()
                        .expectStatus()
                        .isOk()
                        .expectBody()
                        .returnResult()
                        .getResponseBodyContent());
    }
}
