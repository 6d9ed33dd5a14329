package dev.aicore.discovery.command.configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import com.sun.net.httpserver.HttpServer;
import dev.aicore.discovery.api.Outcome.Refused;
import dev.aicore.discovery.api.error.ErrorCode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonSchemaValidatorTest {

    private final JsonSchemaValidator schemas = new JsonSchemaValidator();

    @Test
    void violations_areAllReported() {
        var schema = """
                {"type":"object","required":["name"],"additionalProperties":false,
                 "properties":{"name":{"type":"string"},"pool":{"properties":{"size":{"type":"integer","maximum":50}}},
                 "tags":{"items":{"type":"string"}}}}""";

        var refused = schemas.ofContent(schema, "{\"pool\":{\"size\":51},\"tags\":[\"a\",2],\"other\":true}")
                .orElseThrow();

        assertThat(refused.code()).isEqualTo(ErrorCode.SCHEMA_VIOLATED);
        assertThat(refused.errors())
                .extracting(error -> error.field())
                .containsExactlyInAnyOrder("body", "pool.size", "tags[1]", "body");
        assertThat(refused.errors())
                .filteredOn(error -> error.field().equals("pool.size"))
                .singleElement()
                .satisfies(error -> {
                    assertThat(error.rejectedValue()).isEqualTo("51");
                    assertThat(error.message()).contains("50").doesNotContain("$");
                    assertThat(error.expected()).contains("#/properties/pool/properties/size/maximum");
                });
    }

    @Test
    void numbers_areComparedWithFullPrecision() {
        assertThat(schemas.ofContent("{\"properties\":{\"a\":{\"const\":0.1}}}", "{\"a\":0.10}"))
                .isEmpty();
        assertThat(code(schemas.ofContent(
                        "{\"properties\":{\"a\":{\"const\":12345678901234567890}}}", "{\"a\":12345678901234567891}")))
                .isEqualTo(ErrorCode.SCHEMA_VIOLATED);
        assertThat(code(schemas.ofContent("{\"properties\":{\"a\":{\"maximum\":1e399}}}", "{\"a\":1e400}")))
                .isEqualTo(ErrorCode.SCHEMA_VIOLATED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"$schema\":\"https://json-schema.org/draft/2020-12/schema\",\"type\":\"object\"}",
                "{\"$schema\":\"http://json-schema.org/draft-07/schema#\",\"definitions\":{\"a\":{}},\"$ref\":\"#/definitions/a\"}",
                "{\"$schema\":\"http://json-schema.org/draft-04/schema#\",\"required\":[\"a\"]}",
                "{\"$defs\":{\"port\":{\"type\":\"integer\"}},\"properties\":{\"port\":{\"$ref\":\"#/$defs/port\"}}}",
                "{}"
            })
    void validSchema_isAccepted(String schema) {
        assertThat(schemas.ofSchema(schema)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"type\":\"something\"}",
                "{\"required\":true}",
                "{\"minLength\":-1}",
                "{\"$schema\":\"https://example.com/my-own\"}",
                "{\"$schema\":\"https://json-schema.org/draft/2099-01/schema\"}"
            })
    void invalidSchema_isRefused(String schema) {
        assertThat(code(schemas.ofSchema(schema))).isEqualTo(ErrorCode.VALIDATION_FAILED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"$ref\":\"http://127.0.0.1:1/schema.json\"}",
                "{\"properties\":{\"a\":{\"items\":{\"$ref\":\"file:///etc/passwd\"}}}}",
                "{\"allOf\":[{\"$ref\":\"other.json\"}]}",
                "{\"$dynamicRef\":\"https://example.com/x#meta\"}",
                "{\"$ref\":\"classpath:draft/2020-12/schema\"}"
            })
    void externalReference_isRefused(String schema) {
        assertThat(code(schemas.ofSchema(schema))).isEqualTo(ErrorCode.VALIDATION_FAILED);
    }

    /** A schema that an earlier version stored may refer to something outside, which accepts every value here. */
    @Test
    void externalReference_ofStoredSchema_isNotFetched(@TempDir Path directory) throws IOException {
        var fetched = new AtomicInteger();
        var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            fetched.incrementAndGet();
            exchange.sendResponseHeaders(200, 2);
            exchange.getResponseBody().write("{}".getBytes(StandardCharsets.UTF_8));
            exchange.close();
        });
        server.start();
        try {
            for (var target : List.of(
                    "http://127.0.0.1:" + server.getAddress().getPort() + "/any.json",
                    Files.writeString(directory.resolve("any.json"), "{}")
                            .toUri()
                            .toString(),
                    "classpath:schema/any.json")) {
                var schema = "{\"$ref\":\"" + target + "\"}";
                assertThat(code(schemas.ofSchema(schema))).as(target).isEqualTo(ErrorCode.VALIDATION_FAILED);
                assertThat(code(schemas.ofContent(schema, "{}"))).as(target).isEqualTo(ErrorCode.SCHEMA_NOT_CHECKABLE);
            }
        } finally {
            server.stop(0);
        }
        assertThat(fetched).hasValue(0);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"$id\":\"http://127.0.0.1:1/x\",\"$ref\":\"#/$defs/missing\"}",
                "{\"properties\":{\"a\":{\"$ref\":\"#/nowhere\"}}}",
                "{\"properties\":{\"a\":{\"pattern\":\"(\"}}}"
            })
    void unresolvableSchema_isRefused(String schema) {
        var refused = schemas.ofSchema(schema).or(() -> schemas.ofContent(schema, "{\"a\":\"x\"}"));
        assertThat(code(refused)).isIn(ErrorCode.SCHEMA_NOT_CHECKABLE, ErrorCode.VALIDATION_FAILED);
    }

    @Test
    void backtrackingPattern_isStopped() {
        var schema = "{\"properties\":{\"a\":{\"pattern\":\"x*y\"}}}";
        assertThat(schemas.ofSchema(schema)).isEmpty();
        assertThat(code(schemas.ofContent(schema, "{\"a\":\"" + "x".repeat(20_000) + "\"}")))
                .isEqualTo(ErrorCode.SCHEMA_NOT_CHECKABLE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "(?:(?:){2147483647}){2147483647}",
                "(?:a?){1000}{1000}{1000}",
                "(?:^|$){64}[^\\\\s\\\\S]",
                "(?:a?|b?){64}c",
                "(?:\\\\x{61}*|\\\\u0062*|\\\\ud83d\\\\ude00*|\\\\0141*|[]\\\\]a]*){64}c",
                "(?:(?:a*)?){32}c",
                "(?=(?:|){64})",
                "(?x)(?:^) {2147483647}",
                "\\\\Q(\\\\E(?:)\\\\Q\\\\E{2147483647}"
            })
    void patternWithExplosiveEmptyRepetition_isNotCheckable(String pattern) {
        var schema = "{\"patternProperties\":{\"" + pattern + "\":true}}";
        assertTimeoutPreemptively(Duration.ofSeconds(60), () -> {
            assertThat(code(schemas.ofSchema(schema))).isEqualTo(ErrorCode.SCHEMA_NOT_CHECKABLE);
            assertThat(code(schemas.ofContent(schema, "{\"\":1}"))).isEqualTo(ErrorCode.SCHEMA_NOT_CHECKABLE);
        });
    }

    @Test
    void emptyRepetition_countsTowardsCost() {
        var schema = "{\"properties\":{\"a\":{\"pattern\":\"(?:(?:){200}){200}x\"}}}";
        assertThat(schemas.ofSchema(schema)).isEmpty();
        assertThat(code(schemas.ofContent(schema, "{\"a\":\"y\"}"))).isEqualTo(ErrorCode.SCHEMA_VIOLATED);
        assertThat(code(schemas.ofContent(schema, "{\"a\":\"" + "y".repeat(60_000) + "\"}")))
                .isEqualTo(ErrorCode.SCHEMA_NOT_CHECKABLE);
    }

    @ParameterizedTest
    @CsvSource({
        "'^P(?!$)(\\\\d+Y)?(\\\\d+M)?(\\\\d+W)?(\\\\d+D)?(T(?=\\\\d)(\\\\d+H)?(\\\\d+M)?(\\\\d+S)?)?$', P3DT4H",
        "'^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\\\\.)+[a-z]{2,63}$', registry.example",
        "'^(\\\\d*)(\\\\.\\\\d*)?$|^$', 1.5",
        "'^.{1,1000000}$', anything",
        "'^(?:[^,]*,){3}[^,]*$', 'a,,b,c'"
    })
    void ordinaryPattern_isAccepted(String pattern, String text) {
        var schema = "{\"properties\":{\"a\":{\"pattern\":\"" + pattern + "\"}}}";
        assertThat(schemas.ofSchema(schema)).isEmpty();
        assertThat(schemas.ofContent(schema, "{\"a\":\"" + text + "\"}")).isEmpty();
    }

    @Test
    void exponentialReferences_areStopped() {
        var steps = IntStream.range(0, 21)
                .mapToObj(i -> "\"s%d\":{\"allOf\":[{\"$ref\":\"#/$defs/s%d\"},{\"$ref\":\"#/$defs/s%d\"}]}"
                        .formatted(i, i + 1, i + 1))
                .collect(Collectors.joining(","));
        var schema = "{\"$defs\":{" + steps + ",\"s21\":{\"type\":\"object\"}},\"$ref\":\"#/$defs/s0\"}";
        assertThat(schemas.ofContent(schema, "{}")).hasValueSatisfying(refused -> {
            assertThat(refused.code()).isEqualTo(ErrorCode.SCHEMA_NOT_CHECKABLE);
            assertThat(refused.detail()).contains("1000000 keywords");
        });
    }

    @Test
    void selfReference_isStopped() {
        assertThat(code(schemas.ofContent("{\"$ref\":\"#\"}", "{}"))).isEqualTo(ErrorCode.SCHEMA_NOT_CHECKABLE);
    }

    @ParameterizedTest
    @CsvSource({
        "2, 9007199254740992, true",
        "2, 9007199254740993, false",
        "1e-400, 3e-400, true",
        "1e-400, 1.5e-400, false",
        "1e-400, 2, true",
        "1e400, 1, false",
        "0.0003, 1.1e9999, false",
        "0.0003, 1.2e9999, true",
        "7e-9999, 1e9999, false",
        "7e-9999, -7e9999, true",
        "7e9999, 7e-9999, false",
        "0.01, 0.070, true",
        "12, 0.0, true",
        "10, 1000, true"
    })
    void multipleOf_isExact(String divisor, String number, boolean divides) {
        assertThat(schemas.ofContent(
                                "{\"properties\":{\"a\":{\"multipleOf\":" + divisor + "}}}", "{\"a\":" + number + "}")
                        .isEmpty())
                .isEqualTo(divides);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "[1,2,\"1\",[1],null,true,{}]; true",
                "[1,2,1.0]; false",
                "[100,1e2]; false",
                "[12345678901234567890,12345678901234567891]; true",
                "[[1,2],[2,1],[1,2,0]]; true",
                "[[1,2],[1,2]]; false",
                "[{\"a\":1,\"b\":2},{\"a\":2,\"b\":1}]; true",
                "[{\"a\":1,\"b\":2},{\"b\":2,\"a\":1}]; false",
                "[\"a\\\",\\\"b\",\"a\",\"b\"]; true",
                "{\"b\":1,\"c\":1}; true"
            })
    void uniqueItems_comparesByValue(String value, boolean unique) {
        assertThat(schemas.ofContent("{\"properties\":{\"a\":{\"uniqueItems\":true}}}", "{\"a\":" + value + "}")
                        .isEmpty())
                .isEqualTo(unique);
    }

    private static @Nullable ErrorCode code(Optional<Refused> refused) {
        return refused.map(Refused::code).orElse(null);
    }
}
