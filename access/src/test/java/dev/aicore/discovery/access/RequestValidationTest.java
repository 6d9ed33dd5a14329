package dev.aicore.discovery.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import org.springframework.test.web.reactive.server.EntityExchangeResult;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.web.reactive.function.BodyInserters;
import reactor.core.publisher.Flux;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Tests the answer to each kind of invalid request, over a real connection. */
@SpringBootTest(
        classes = TestServer.class,
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {"server.address=127.0.0.1", "spring.main.banner-mode=off"})
class RequestValidationTest {

    @LocalServerPort
    private int port;

    private WebTestClient client = WebTestClient.bindToServer().build();

    @BeforeEach
    void connect() {
        client =
                WebTestClient.bindToServer().baseUrl("http://127.0.0.1:" + port).build();
    }

    @ParameterizedTest
    @MethodSource({
        "dev.aicore.discovery.access.InvalidRequestSamples#bodies",
        "dev.aicore.discovery.access.InvalidRequestSamples#withoutBodies"
    })
    void invalidRequest_returnsProblemWithFieldAndExpectedValue(InvalidRequest invalid) {
        EntityExchangeResult<byte[]> answer = send(invalid);

        assertThat(answer.getStatus().value()).isEqualTo(invalid.status());
        assertThat(answer.getResponseHeaders().getContentType()).hasToString("application/problem+json");
        JsonNode problem = tree(answer);
        assertThat(problem.get("code").stringValue()).isEqualTo(invalid.code());
        assertThat(problem.get("status").intValue()).isEqualTo(invalid.status());
        assertThat(problem.get("type").stringValue()).endsWith(":" + invalid.code());
        assertThat(problem.get("title").stringValue()).isNotBlank();
        assertThat(problem.get("detail").stringValue()).isNotBlank().doesNotContain("Exception", "springframework");
        assertThat(problem.get("instance").stringValue())
                .isEqualTo(invalid.uri().replaceFirst("\\?.*", ""));
        assertThat(problem.get("request_id").stringValue())
                .isEqualTo(answer.getResponseHeaders().getFirst("X-Request-Id"));
        assertThat(problem.get("errors").size()).isEqualTo(1);
        JsonNode error = problem.get("errors").get(0);
        assertThat(error.get("field").stringValue()).isEqualTo(invalid.field());
        assertThat(error.get("message").stringValue()).isNotBlank();
        assertThat(error.get("expected").stringValue()).contains(invalid.expected());
        switch (invalid.rejected()) {
            case null -> assertThat(error.has("rejected_value")).isFalse();
            case String text ->
                assertThat(error.get("rejected_value").stringValue()).contains(text);
            case Integer number ->
                assertThat(error.get("rejected_value").intValue()).isEqualTo(number);
            case Object other -> assertThat(error.get("rejected_value")).hasToString(other.toString());
        }
        assertThat(problem.findValues("rejected_value").stream().anyMatch(JsonNode::isNull))
                .isFalse();
        assertThat(text(answer)).doesNotContain(":null");
    }

    @Test
    void violations_areAllReportedInOneResponse() {
        JsonNode problem =
                tree(send(InvalidRequest.json("", "{'port':0,'enabled':1,'tags':'x','nmae':'a'}", "", "", null, "")));

        assertThat(problem.get("code").stringValue()).isEqualTo("validation_failed");
        assertThat(problem.findValues("field").stream().map(JsonNode::stringValue))
                .containsExactly("name", "port", "enabled", "tags", "nmae");
    }

    @Test
    void violations_beyondMaximum_areOnlyCounted() {
        String fields = String.join(
                ",", IntStream.range(0, 1000).mapToObj(i -> "'f" + i + "':0").toList());

        JsonNode problem = tree(send(InvalidRequest.json("", "{'name':'a'," + fields + "}", "", "", null, "")));

        assertThat(problem.get("errors").size()).isEqualTo(32);
        assertThat(problem.get("detail").stringValue()).contains("999 more");
    }

    @Test
    void refusedBody_leavesConnectionUsable() {
        for (int i = 0; i < 3; i++) {
            send(InvalidRequest.bytes("", InvalidRequestSamples.large(200_000), "", 413, "", ""));
            client.get().uri("/things").exchange().expectStatus().isOk();
        }
    }

    @Test
    void wrongMethod_returnsAllowHeader() {
        client.delete()
                .uri("/things")
                .exchange()
                .expectHeader()
                .value("Allow", allow -> assertThat(allow.split(",")).containsExactlyInAnyOrder("GET", "POST"));
    }

    @Test
    void unexpectedFailure_returns500WithoutInternals() {
        EntityExchangeResult<byte[]> answer = send(InvalidRequest.get("", "/things/broken", 0, "", "", null, ""));

        assertThat(answer.getStatus().value()).isEqualTo(500);
        assertThat(tree(answer).get("code").stringValue()).isEqualTo("internal");
        assertThat(text(answer)).doesNotContain("hunter2", "Exception", "aicore", "java", "\tat ");
    }

    /** An empty 200 would be taken for an empty list. */
    @Test
    void databaseDisconnect_returns500() {
        EntityExchangeResult<byte[]> answer = send(InvalidRequest.get("", "/things/reset", 0, "", "", null, ""));

        assertThat(answer.getStatus().value()).isEqualTo(500);
        assertThat(tree(answer).get("code").stringValue()).isEqualTo("internal");
    }

    @Test
    void frameworkReason_isNotDisclosed() {
        EntityExchangeResult<byte[]> answer = send(InvalidRequest.get("", "/things/locked", 0, "", "", null, ""));

        assertThat(answer.getStatus().value()).isEqualTo(400);
        assertThat(text(answer)).doesNotContain("Secret");
    }

    @Test
    void retryAfter_isRoundedUpToWholeSeconds() {
        client.get()
                .uri("/things/busy")
                .exchange()
                .expectStatus()
                .isEqualTo(503)
                .expectHeader()
                .valueEquals("Retry-After", "2")
                .expectBody()
                .jsonPath("$.code")
                .isEqualTo("overloaded")
                .jsonPath("$.errors")
                .isEmpty();
    }

    @Test
    void headRequest_toUnknownPath_returns404WithoutBody() {
        client.head()
                .uri("/nowhere")
                .exchange()
                .expectStatus()
                .isNotFound()
                .expectHeader()
                .contentType("application/problem+json")
                .expectBody()
                .isEmpty();
    }

    @Test
    void requiredBody_ifMissing_returns400() {
        client.post()
                .uri("/things")
                .exchange()
                .expectStatus()
                .isBadRequest()
                .expectBody()
                .jsonPath("$.code")
                .isEqualTo("malformed_json");
    }

    private EntityExchangeResult<byte[]> send(InvalidRequest invalid) {
        WebTestClient.RequestBodySpec request =
                client.method(invalid.method()).uri(URI.create("http://127.0.0.1:" + port + invalid.uri()));
        if (invalid.accept() != null) {
            request.header("Accept", invalid.accept());
        }
        if (!invalid.body().isEmpty()) {
            // Each character of a body stands for one byte, so that a body can be invalid UTF-8.
            byte[] bytes = invalid.body().getBytes(StandardCharsets.ISO_8859_1);
            request.header("Content-Type", invalid.contentType());
            if (invalid.chunked()) {
                request.body(BodyInserters.fromDataBuffers(chunks(bytes)));
            } else {
                request.bodyValue(bytes);
            }
        }
        return request.exchange().expectBody().returnResult();
    }

    private static Flux<DataBuffer> chunks(byte[] body) {
        int size = 8 * 1024;
        return Flux.range(0, (body.length + size - 1) / size)
                .map(i -> DefaultDataBufferFactory.sharedInstance.wrap(
                        Arrays.copyOfRange(body, i * size, Math.min(body.length, (i + 1) * size))));
    }

    private static JsonNode tree(EntityExchangeResult<byte[]> answer) {
        return JsonMapper.shared().readTree(text(answer));
    }

    private static String text(EntityExchangeResult<byte[]> answer) {
        return new String(Objects.requireNonNull(answer.getResponseBodyContent()), StandardCharsets.UTF_8);
    }
}
