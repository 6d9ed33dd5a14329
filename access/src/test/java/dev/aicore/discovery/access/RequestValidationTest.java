package dev.aicore.discovery.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
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
    private static final int LIMIT = 64 * 1024;

    @LocalServerPort
    private int port;

    private WebTestClient client = WebTestClient.bindToServer().build();

    @BeforeEach
    void connect() {
        client =
                WebTestClient.bindToServer().baseUrl("http://127.0.0.1:" + port).build();
    }

    record Bad(
            String name,
            HttpMethod method,
            String uri,
            String body,
            boolean chunked,
            String contentType,
            @Nullable String accept,
            int status,
            String code,
            String field,
            @Nullable Object rejected,
            String expected) {
        @Override
        public String toString() {
            return name;
        }

        Bad as(String type) {
            return new Bad(name, method, uri, body, chunked, type, accept, status, code, field, rejected, expected);
        }

        Bad chunkedUp() {
            return new Bad(name, method, uri, body, true, contentType, accept, status, code, field, rejected, expected);
        }
    }

    static Stream<Bad> bodies() {
        return Stream.of(
                json(
                        "too many values",
                        "{'name':'a','any':[" + "1,".repeat(20_000) + "1]}",
                        "malformed_json",
                        "body",
                        "{\"name\":\"a\",\"any\":[" + "1,".repeat(90) + "…",
                        "at most 20000 values"),
                json("text for a number", "{'name':'a','port':'80'}", "validation_failed", "port", "80", "an integer"),
                json(
                        "fraction for a number",
                        "{'name':'a','port':80.0}",
                        "validation_failed",
                        "port",
                        "80.0",
                        "an integer"),
                json("number too large", "{'name':'a','port':70000}", "validation_failed", "port", 70000, "1 to 65535"),
                json(
                        "number huge",
                        "{'name':'a','port':99999999999999999999}",
                        "validation_failed",
                        "port",
                        "99999999999999999999",
                        "1 to 65535"),
                json("number for text", "{'name':5}", "validation_failed", "name", 5, "1 to 20 characters"),
                json(
                        "text too long",
                        "{'name':'" + "a".repeat(300) + "'}",
                        "validation_failed",
                        "name",
                        "a".repeat(199) + "…",
                        "1 to 20"),
                json("missing", "{}", "validation_failed", "name", null, "1 to 20 characters"),
                json("null", "{'name':null}", "validation_failed", "name", "null", "1 to 20 characters"),
                json("NUL character", "{'name':'a\\u0000b'}", "validation_failed", "name", "a\0b", "1 to 20"),
                json("half a surrogate pair", "{'name':'a\\ud800'}", "validation_failed", "name", "a\ufffd", "1 to 20"),
                json(
                        "no boolean",
                        "{'name':'a','enabled':'true'}",
                        "validation_failed",
                        "enabled",
                        "true",
                        "true or false"),
                json(
                        "no choice",
                        "{'name':'a','protocol':'udp'}",
                        "validation_failed",
                        "protocol",
                        "udp",
                        "one of http"),
                json(
                        "nested",
                        "{'name':'a','health_check':{'config':{'path':7}}}",
                        "validation_failed",
                        "health_check.config.path",
                        7,
                        "characters"),
                json(
                        "no object",
                        "{'name':'a','health_check':[1]}",
                        "validation_failed",
                        "health_check",
                        "[1]",
                        "an object"),
                json(
                        "too many entries",
                        "{'name':'a','metadata':{'a':'','b':'','c':''}}",
                        "validation_failed",
                        "metadata",
                        "{\"a\":\"\",\"b\":\"\",\"c\":\"\"}",
                        "at most 2"),
                json(
                        "value no text",
                        "{'name':'a','metadata':{'k':1}}",
                        "validation_failed",
                        "metadata.k",
                        1,
                        "at most 10"),
                json(
                        "key too long",
                        "{'name':'a','metadata':{'key-six':'v'}}",
                        "validation_failed",
                        "metadata.key-six",
                        "key-six",
                        "1 to 5"),
                json(
                        "tag no text",
                        "{'name':'a','tags':['x',false]}",
                        "validation_failed",
                        "tags[1]",
                        false,
                        "characters"),
                json(
                        "NUL in any JSON",
                        "{'name':'a','any':{'b':['\\u0000']}}",
                        "validation_failed",
                        "any.b[0]",
                        "\0",
                        "control"),
                json("unknown field", "{'name':'a','prot':80}", "unknown_field", "prot", 80, "port"),
                json(
                        "unknown nested field",
                        "{'name':'a','health_check':{'Config':{}}}",
                        "unknown_field",
                        "health_check.Config",
                        "{}",
                        "config"),
                json(
                        "unknown, nothing near",
                        "{'name':'a','zzzzzzzz':'v'}",
                        "unknown_field",
                        "zzzzzzzz",
                        "v",
                        "one of name, port"),
                json("no object at all", "[1,2]", "validation_failed", "body", "[1,2]", "a JSON object"),
                json("broken", "{'name':'a'", "malformed_json", "body", "{\"name\":\"a\"", "JSON"),
                json("not JSON", "name=a", "malformed_json", "body", "name=a", "JSON"),
                json("blank", "  ", "malformed_json", "body", "", "a JSON object"),
                json("trailing garbage", "{'name':'a'} {}", "malformed_json", "body", "{}", "nothing"),
                json(
                        "duplicate key",
                        "{'name':'a','any':{'b':1,'b':2}}",
                        "malformed_json",
                        "any.b",
                        "2",
                        "at most once"),
                json(
                        "too deep",
                        "{'any':" + "[".repeat(32) + "]".repeat(32) + "}",
                        "malformed_json",
                        "body",
                        "[[[[",
                        "32 levels"),
                json(
                        "number too long",
                        "{'name':'a','port':" + "9".repeat(41) + "}",
                        "malformed_json",
                        "body",
                        "9",
                        "JSON"),
                bytes("broken UTF-8", "{\"\u00c3\"}", "malformed_json", 400, "0xC3", "UTF-8"),
                bytes("half a character", "{}\u00e2\u0082", "malformed_json", 400, "0xE2", "UTF-8"),
                bytes(
                        "65 KiB by length",
                        large(LIMIT + 1024),
                        "body_too_large",
                        413,
                        "66560 bytes",
                        "at most 65536 bytes"),
                bytes("65 KiB chunked", large(LIMIT + 1024), "body_too_large", 413, "more bytes", "at most 65536 bytes")
                        .chunkedUp(),
                bytes(
                        "10 MB by length",
                        large(10_000_000),
                        "body_too_large",
                        413,
                        "10000000 bytes",
                        "at most 65536 bytes"),
                bytes("10 MB chunked", large(10_000_000), "body_too_large", 413, "more bytes", "at most 65536 bytes")
                        .chunkedUp(),
                type("text/plain"),
                type("application/x-www-form-urlencoded"),
                type("application/json;charset=utf-16"));
    }

    static Stream<Bad> others() {
        return Stream.of(
                get("limit 0", "/things?limit=0", 400, "validation_failed", "limit", "0", "1 to 1000"),
                get("limit 1001", "/things?limit=1001", 400, "validation_failed", "limit", "1001", "1 to 1000"),
                get("limit abc", "/things?limit=abc", 400, "validation_failed", "limit", "abc", "1 to 1000"),
                get("limit empty", "/things?limit=", 400, "validation_failed", "limit", "", "1 to 1000"),
                get(
                        "limit huge",
                        "/things?limit=" + "9".repeat(30),
                        400,
                        "validation_failed",
                        "limit",
                        "9".repeat(30),
                        "1 to 1000"),
                get("limit twice", "/things?limit=1&limit=2", 400, "validation_failed", "limit", "1, 2", "one value"),
                get(
                        "no boolean",
                        "/things?include_unhealthy=yes",
                        400,
                        "validation_failed",
                        "include_unhealthy",
                        "yes",
                        "true, false, 1, 0"),
                get("no duration", "/things?wait=5d", 400, "validation_failed", "wait", "5d", "from 0s to 60s"),
                get("NUL in an unknown parameter", "/things?x=%00", 400, "validation_failed", "x", "\0", "control"),
                get("broken UTF-8 in a parameter", "/things?x=%ff", 400, "validation_failed", "x", "%ff", "UTF-8"),
                get(
                        "metadata key too long",
                        "/things?metadata.elevenchars=1",
                        400,
                        "validation_failed",
                        "metadata.elevenchars",
                        "elevenchars",
                        "1 to 10"),
                get("path variable no number", "/things/abc", 400, "validation_failed", "number", "abc", "a number"),
                get("NUL in the path", "/things/a%00b", 400, "bad_request", "path", "/things/a%00b", "UTF-8"),
                get("broken UTF-8 in the path", "/things/%c3", 400, "bad_request", "path", "/things/%c3", "UTF-8"),
                get("unknown parameter", "/things?limti=5", 400, "unknown_parameter", "limti", "5", "limit"),
                get("unknown path", "/nowhere/%22x", 404, "not_found", "path", "/nowhere/%22x", "a path"),
                get("root", "/", 404, "not_found", "path", "/", "a path"),
                new Bad(
                        "wrong method",
                        HttpMethod.PUT,
                        "/things",
                        "",
                        false,
                        "application/json",
                        null,
                        405,
                        "method_not_allowed",
                        "method",
                        "PUT",
                        "GET, POST"),
                new Bad(
                        "wrong Accept",
                        HttpMethod.GET,
                        "/things",
                        "",
                        false,
                        "application/json",
                        "text/html",
                        406,
                        "not_acceptable",
                        "Accept",
                        "text/html",
                        "application/json"),
                new Bad(
                        "broken Accept",
                        HttpMethod.GET,
                        "/things",
                        "",
                        false,
                        "application/json",
                        "///",
                        406,
                        "not_acceptable",
                        "Accept",
                        "///",
                        "application/json"));
    }

    @ParameterizedTest
    @MethodSource({"bodies", "others"})
    void invalidRequest_returnsProblemWithFieldAndExpectedValue(Bad bad) {
        EntityExchangeResult<byte[]> answer = send(bad);

        assertThat(answer.getStatus().value()).isEqualTo(bad.status());
        assertThat(answer.getResponseHeaders().getContentType()).hasToString("application/problem+json");
        JsonNode problem = tree(answer);
        assertThat(problem.get("code").stringValue()).isEqualTo(bad.code());
        assertThat(problem.get("status").intValue()).isEqualTo(bad.status());
        assertThat(problem.get("type").stringValue()).endsWith(":" + bad.code());
        assertThat(problem.get("title").stringValue()).isNotBlank();
        assertThat(problem.get("detail").stringValue()).isNotBlank().doesNotContain("Exception", "springframework");
        assertThat(problem.get("instance").stringValue()).isEqualTo(bad.uri().replaceFirst("\\?.*", ""));
        assertThat(problem.get("request_id").stringValue())
                .isEqualTo(answer.getResponseHeaders().getFirst("X-Request-Id"));
        assertThat(problem.get("errors").size()).isEqualTo(1);
        JsonNode error = problem.get("errors").get(0);
        assertThat(error.get("field").stringValue()).isEqualTo(bad.field());
        assertThat(error.get("message").stringValue()).isNotBlank();
        assertThat(error.get("expected").stringValue()).contains(bad.expected());
        switch (bad.rejected()) {
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
        JsonNode problem = tree(send(json("", "{'port':0,'enabled':1,'tags':'x','nmae':'a'}", "", "", null, "")));

        assertThat(problem.get("code").stringValue()).isEqualTo("validation_failed");
        assertThat(problem.findValues("field").stream().map(JsonNode::stringValue))
                .containsExactly("name", "port", "enabled", "tags", "nmae");
    }

    @Test
    void violations_beyondMaximum_areOnlyCounted() {
        String fields = String.join(
                ",", IntStream.range(0, 1000).mapToObj(i -> "'f" + i + "':0").toList());

        JsonNode problem = tree(send(json("", "{'name':'a'," + fields + "}", "", "", null, "")));

        assertThat(problem.get("errors").size()).isEqualTo(32);
        assertThat(problem.get("detail").stringValue()).contains("999 more");
    }

    @Test
    void refusedBody_leavesConnectionUsable() {
        for (int i = 0; i < 3; i++) {
            send(bytes("", large(200_000), "", 413, "", ""));
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
        EntityExchangeResult<byte[]> answer = send(get("", "/things/broken", 0, "", "", null, ""));

        assertThat(answer.getStatus().value()).isEqualTo(500);
        assertThat(tree(answer).get("code").stringValue()).isEqualTo("internal");
        assertThat(text(answer)).doesNotContain("hunter2", "Exception", "aicore", "java", "\tat ");
    }

    /** An empty 200 would be taken for an empty list. */
    @Test
    void databaseDisconnect_returns500() {
        EntityExchangeResult<byte[]> answer = send(get("", "/things/reset", 0, "", "", null, ""));

        assertThat(answer.getStatus().value()).isEqualTo(500);
        assertThat(tree(answer).get("code").stringValue()).isEqualTo("internal");
    }

    @Test
    void frameworkReason_isNotDisclosed() {
        EntityExchangeResult<byte[]> answer = send(get("", "/things/locked", 0, "", "", null, ""));

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

    private EntityExchangeResult<byte[]> send(Bad bad) {
        WebTestClient.RequestBodySpec request =
                client.method(bad.method()).uri(URI.create("http://127.0.0.1:" + port + bad.uri()));
        if (bad.accept() != null) {
            request.header("Accept", bad.accept());
        }
        if (!bad.body().isEmpty()) {
            // Each character of a body stands for one byte, so that a body can be invalid UTF-8.
            byte[] bytes = bad.body().getBytes(StandardCharsets.ISO_8859_1);
            request.header("Content-Type", bad.contentType());
            if (bad.chunked()) {
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

    private static String large(int size) {
        String start = "{\"name\":\"";
        return (start + "a".repeat(size - start.length() - 2) + "\"}");
    }

    private static Bad json(
            String name, String body, String code, String field, @Nullable Object rejected, String expected) {
        String text = body.replace('\'', '"');
        return new Bad(
                name,
                HttpMethod.POST,
                "/things",
                text,
                false,
                "application/json",
                null,
                400,
                code,
                field,
                rejected,
                expected);
    }

    private static Bad bytes(String name, String body, String code, int status, String rejected, String expected) {
        return new Bad(
                name,
                HttpMethod.POST,
                "/things",
                body,
                false,
                "application/json",
                null,
                status,
                code,
                "body",
                rejected,
                expected);
    }

    private static Bad type(String type) {
        String body = "{\"name\":\"a\"}";
        return new Bad(
                type,
                HttpMethod.POST,
                "/things",
                body,
                false,
                type,
                null,
                415,
                "unsupported_media_type",
                "Content-Type",
                type,
                MediaType.APPLICATION_JSON_VALUE);
    }

    private static Bad get(
            String name,
            String uri,
            int status,
            String code,
            String field,
            @Nullable Object rejected,
            String expected) {
        return new Bad(
                name,
                HttpMethod.GET,
                uri,
                "",
                false,
                "application/json",
                null,
                status,
                code,
                field,
                rejected,
                expected);
    }
}
