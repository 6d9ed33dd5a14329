package dev.aicore.discovery.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.aicore.discovery.api.error.ErrorCode;
import dev.aicore.discovery.api.error.RegistryException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;

class IdempotencyKeyHeaderTest {

    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final IncompleteBodyLimit BODIES = new IncompleteBodyLimit(PATIENCE, 1 << 20, 1 << 20);

    static Stream<List<String>> idempotencyKey_malformed_isRefused() {
        return Stream.of(
                List.of(""),
                List.of("a".repeat(256)),
                List.of("ü"),
                List.of("a\u0001b"),
                List.of("\u007f"),
                List.of("a", "a"));
    }

    @ParameterizedTest
    @MethodSource
    void idempotencyKey_malformed_isRefused(List<String> values) {
        var request = MockServerHttpRequest.delete("/x");
        values.forEach(value -> request.header(IdempotencyKeyHeader.HEADER, value));

        assertThatExceptionOfType(RegistryException.class)
                .isThrownBy(() -> BODIES.of(request.build()).idempotencyKey())
                .satisfies(refusal -> {
                    assertThat(refusal.code()).isEqualTo(ErrorCode.VALIDATION_FAILED);
                    assertThat(refusal.errors())
                            .singleElement()
                            .satisfies(error -> assertThat(error.field()).isEqualTo("Idempotency-Key"));
                });
    }

    @Test
    void idempotencyKey_isReadUnchanged() {
        for (var value : List.of("a", "a".repeat(255), "\"8e03 978e~!\"")) {
            assertThat(key("POST", "/x", value, "{}").value()).isEqualTo(value);
        }
    }

    @Test
    void idempotencyKey_withoutHeader_isAbsent() {
        assertThat(BODIES.of(MockServerHttpRequest.delete("/x").build()).idempotencyKey())
                .isNull();
    }

    @Test
    void requestHash_ignoresKeyAndOrderOfParameterNames() {
        assertThat(key("POST", "/x?b=2&a=1&b=1", "k1", "{}").requestHash())
                .isEqualTo(key("POST", "/x?a=1&b=2&&b=1", "k2", "{}").requestHash())
                .hasSize(64);
    }

    @Test
    void requestHash_dependsOnEveryPartOfRequest() {
        var requests = List.of(
                key("POST", "/x?a=1", "k", "{}"),
                key("PUT", "/x?a=1", "k", "{}"),
                key("POST", "/y?a=1", "k", "{}"),
                key("POST", "/x?a=2", "k", "{}"),
                key("POST", "/x?a=1&a=2", "k", "{}"),
                key("POST", "/x?a=2&a=1", "k", "{}"),
                key("POST", "/x", "k", "{}"),
                key("POST", "/x?a=1", "k", "{ }"),
                key("POST", "/x?a=1", "k", "{}", "\"1\""),
                key("POST", "/x?a=1", "k", "{}", "\"2\""),
                key("POST", "/x?a=1", "k", "{}", "", "*"));

        assertThat(requests.stream().map(IdempotencyKeyHeader::requestHash)).doesNotHaveDuplicates();
    }

    private static IdempotencyKeyHeader key(
            String method, String uri, String key, String body, String... preconditions) {
        var request = MockServerHttpRequest.method(HttpMethod.valueOf(method), URI.create(uri))
                .header(IdempotencyKeyHeader.HEADER, key)
                .contentType(MediaType.APPLICATION_JSON);
        var names = List.of("If-Match", "If-None-Match");
        for (int i = 0; i < preconditions.length; i++) {
            request.header(names.get(i), preconditions[i]);
        }
        return Objects.requireNonNull(
                IdempotencyKeyHeader.of(request.body(body), body.getBytes(StandardCharsets.UTF_8)));
    }
}
