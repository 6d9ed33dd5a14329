package dev.aicore.discovery.command.health;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aicore.discovery.command.testing.CommandServer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.WebTestClient;

class CallReportRoutesTest {

    private static CommandServer server;
    private static WebTestClient client;

    @BeforeAll
    static void start() {
        server = CommandServer.start();
        client = server.client();
        post("/api/v1/services", "{\"id\": \"web-1\", \"name\": \"web\", \"address\": \"10.0.0.1\", \"port\": 80}")
                .expectStatus()
                .isCreated();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void callReport_returnsBreakerState() {
        report("web-1", "{\"successes\": 3, \"failures\": 1}")
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.data.id")
                .isEqualTo("web-1")
                .jsonPath("$.data.service_id")
                .isEqualTo("web-1")
                .jsonPath("$.data.breaker")
                .isEqualTo("closed")
                .jsonPath("$.meta.position")
                .value(Integer.class, position -> assertThat(position).isPositive());
    }

    @Test
    void callReport_withReason_isAccepted() {
        report("web-1", "{\"successes\": 1, \"reason\": \"a drill\"}")
                .expectStatus()
                .isOk();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{} | successes | validation_failed",
                "{\"successes\": 0, \"failures\": 0} | successes | validation_failed",
                "{\"successes\": -1} | successes | validation_failed",
                "{\"failures\": 10001} | failures | validation_failed",
                "{\"failures\": \"1\"} | failures | validation_failed",
                "{\"failures\": 1, \"slow\": 1} | slow | unknown_field"
            })
    void callReport_withInvalidBody_returns400(String body, String field, String code) {
        report("web-1", body)
                .expectStatus()
                .isBadRequest()
                .expectBody()
                .jsonPath("$.code")
                .isEqualTo(code)
                .jsonPath("$.errors[0].field")
                .isEqualTo(field);
    }

    @Test
    void callReportBatch_returnsOneOutcomePerInstance() {
        post("/api/v1/outcomes", """
                {"outcomes": [{"id": "web-1", "successes": 9, "failures": 1}, {"id": "nobody", "failures": 1}],
                 "reason": "a drill"}""")
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.data.total")
                .isEqualTo(2)
                .jsonPath("$.data.recorded")
                .isEqualTo(1)
                .jsonPath("$.data.failed")
                .isEqualTo(1)
                .jsonPath("$.data.outcomes[0].id")
                .isEqualTo("web-1")
                .jsonPath("$.data.outcomes[0].outcome")
                .isEqualTo("recorded")
                .jsonPath("$.data.outcomes[0].breaker")
                .isEqualTo("closed")
                .jsonPath("$.data.outcomes[1].outcome")
                .isEqualTo("unknown_instance")
                .jsonPath("$.data.outcomes[1].code")
                .isEqualTo("unknown_instance")
                .jsonPath("$.data.outcomes[1].breaker")
                .doesNotExist()
                .jsonPath("$.meta.position")
                .value(Integer.class, position -> assertThat(position).isPositive());
    }

    @Test
    void callReportBatch_ofMaximumNumber_isAnswered() {
        var reports = IntStream.range(0, CallReportBatchController.MAX_REPORTS)
                .mapToObj("{\"id\": \"%0256d\", \"successes\": 1}"::formatted)
                .collect(Collectors.joining(", ", "{\"outcomes\": [", "]}"));

        post("/api/v1/outcomes", reports)
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.data.failed")
                .isEqualTo(CallReportBatchController.MAX_REPORTS);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{} | outcomes | validation_failed",
                "{\"outcomes\": []} | outcomes | validation_failed",
                "{\"outcomes\": [1]} | outcomes[0] | validation_failed",
                "{\"outcomes\": [{\"failures\": 1}]} | outcomes[0].id | validation_failed",
                "{\"outcomes\": [{\"id\": \"a\"}]} | outcomes[0].successes | validation_failed",
                "{\"outcomes\": [{\"id\": \"a\", \"failures\": 10001}]} | outcomes[0].failures | validation_failed",
                "{\"outcomes\": [{\"id\": \"a\", \"failures\": 1, \"slow\": 1}]} | outcomes[0].slow | unknown_field",
                "{\"outcomes\": [{\"id\": \"a\", \"failures\": 1}, {\"id\": \"a\", \"failures\": 1}]} | outcomes[1].id | validation_failed"
            })
    void callReportBatch_withInvalidBody_returns400(String body, String field, String code) {
        post("/api/v1/outcomes", body)
                .expectStatus()
                .isBadRequest()
                .expectBody()
                .jsonPath("$.code")
                .isEqualTo(code)
                .jsonPath("$.errors[0].field")
                .isEqualTo(field);
    }

    @Test
    void callReport_ofUnknownInstance_returns404() {
        report("nobody", "{\"failures\": 1}")
                .expectStatus()
                .isNotFound()
                .expectBody()
                .jsonPath("$.code")
                .isEqualTo("unknown_instance");
    }

    private static WebTestClient.ResponseSpec report(String id, String body) {
        return post("/api/v1/services/" + id + "/outcomes", body);
    }

    private static WebTestClient.ResponseSpec post(String path, String body) {
        return client.post()
                .uri(path)
                .contentType(MediaType.APPLICATION_JSON)
                .bodyValue(body)
                .exchange();
    }
}
