package dev.aicore.discovery.command.configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.aicore.discovery.api.Outcome.Refused;
import dev.aicore.discovery.api.error.ErrorCode;
import java.time.Duration;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests the limits of a validation that do not depend on the number of keywords. */
class SchemaCostLimitTest {

    /** Maximum bytes of a body. */
    private static final int MOST_BYTES = 64 * 1024;

    private final JsonSchemaValidator schemas = new JsonSchemaValidator();

    @Test
    void comparedData_countsTowardsCost() {
        var oneHash = "[" + list(4_000, k -> Long.toString(k * 4_294_967_297L)) + "]";
        assertNotCheckable(appliedRepeatedly("{\"uniqueItems\":true}"), oneHash);
        assertNotCheckable(appliedRepeatedly("{\"enum\":[[1],[2]]}"), oneHash);
        assertNotCheckable(
                appliedRepeatedly("{\"not\":{\"const\":[" + "[1],".repeat(4_000) + "1]}}"),
                "[" + "[1],".repeat(4_000) + "2]");
        assertNotCheckable(appliedRepeatedly("{\"maxLength\":70000}"), "\"" + "x".repeat(60_000) + "\"");
        assertNotCheckable(
                appliedRepeatedly("{\"properties\":{" + list(3_000, i -> "\"" + i + "\":{}") + "}}"), "{\"b\":1}");
        assertNotCheckable(appliedRepeatedly("{\"unevaluatedProperties\":true}"), "{\"b\":1}");
    }

    @Test
    void errorMessages_countTowardsCost() {
        var wanted = "[" + "1,".repeat(10_000) + "1]";
        assertNotCheckable(
                "{\"properties\":{\"a\":{\"items\":{\"const\":" + wanted + "}}}}", "[" + list(2_000, i -> "1") + "]");
    }

    @Test
    void neverMatchingPattern_countsTowardsCost() {
        var patterns = list(3_000, i -> "\"(?!)" + i + "\":true");
        var content = "{" + list(6_000, i -> "\"" + i + "\":1") + "}";
        assertThat(code(schemas.ofContent("{\"patternProperties\":{" + patterns + "}}", content)))
                .isEqualTo(ErrorCode.SCHEMA_NOT_CHECKABLE);
    }

    /**
     * Patterns that a backtracking engine may match in exponential time, or in the square of the length, each with a
     * text that it nearly matches.
     */
    @ParameterizedTest
    @CsvSource({
        "(a+)+$, a, !",
        "^(a+)+$, a, !",
        "^(a|a)*$, a, !",
        "^(a|aa)+$, a, !",
        "^([a-zA-Z]+)*$, a, 1",
        "^(.*a){20}$, a, !",
        "'^(\\\\w+\\\\s?)*$', a, !",
        "^(([a-z])+.)+[A-Z]([a-z])+$, a, a",
        "x*y, x, x",
        "^(a|b|ab)*c$, ab, ab",
        "(.*)*(.*)*$x, a, a"
    })
    void slowPattern_isAnsweredWithinBudget(String pattern, String repeated, String end) {
        var schema = "{\"properties\":{\"a\":{\"pattern\":\"" + pattern + "\"}}}";
        assertTimeoutPreemptively(Duration.ofSeconds(60), () -> {
            assertThat(schemas.ofSchema(schema)).isEmpty();
            assertThat(code(schemas.ofContent(schema, "{\"a\":\"" + repeated.repeat(40) + end + "\"}")))
                    .isEqualTo(pattern.contains("{20}") ? ErrorCode.SCHEMA_NOT_CHECKABLE : ErrorCode.SCHEMA_VIOLATED);
            assertThat(code(schemas.ofContent(schema, "{\"a\":\"" + repeated.repeat(30_000) + end + "\"}")))
                    .isEqualTo(ErrorCode.SCHEMA_NOT_CHECKABLE);
        });
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "(; one of its patterns is invalid: Unclosed group",
                "(?:a?|b?){64}c; may repeat an empty match in more than 100000 steps",
                "x*y; would read more than 10000000 characters"
            })
    void unusablePattern_isNamed(String pattern, String reason) {
        var schema = "{\"properties\":{\"a\":{\"pattern\":\"" + pattern + "\"}}}";
        var refused = schemas.ofSchema(schema)
                .or(() -> schemas.ofContent(schema, "{\"a\":\"" + "x".repeat(20_000) + "\"}"))
                .orElseThrow();
        assertThat(refused.code()).isEqualTo(ErrorCode.SCHEMA_NOT_CHECKABLE);
        assertThat(refused.detail()).contains(reason);
        assertThat(refused.errors()).singleElement().satisfies(error -> {
            assertThat(error.field()).isEqualTo("pattern");
            assertThat(error.rejectedValue()).isEqualTo(pattern);
            assertThat(error.expected()).contains("java.util.regex");
        });
    }

    @Test
    void referenceSpellings_countTowardsCost() {
        var name = "abcdefghijkl";
        var spellings = list(1 << 10, i -> "{\"$ref\":\"#/$defs/" + percentEncoded(name, i) + "\"}");
        var schema = "{\"$defs\":{\"" + name + "\":{\"allOf\":[" + "{\"type\":\"object\"},".repeat(1_000)
                + "{}]}},\"anyOf\":[{}," + spellings + "]}";
        assertThat(schema).hasSizeLessThan(MOST_BYTES);
        assertThat(schemas.ofSchema(schema).orElseThrow().detail()).contains("10000000");
    }

    @Test
    void longFormatText_countsQuadratically() {
        var schema =
                "{\"$schema\":\"http://json-schema.org/draft-07/schema#\",\"properties\":{\"a\":{\"format\":\"email\"}}}";
        assertThat(schemas.ofContent(schema, "{\"a\":\"somebody@example.com\"}"))
                .isEmpty();
        assertThat(code(schemas.ofContent(schema, "{\"a\":\"somebody\"}"))).isEqualTo(ErrorCode.SCHEMA_VIOLATED);
        assertThat(code(schemas.ofContent(schema, "{\"a\":\"" + "@".repeat(14_000) + " \"}")))
                .isEqualTo(ErrorCode.SCHEMA_NOT_CHECKABLE);
        assertThat(schemas.ofContent(schema.replace("email", "uri"), "{\"a\":\"data:," + "x".repeat(60_000) + "\"}"))
                .isEmpty();
        var blanks = " ".repeat(10_000);
        assertTimeoutPreemptively(
                Duration.ofSeconds(60),
                () -> assertThat(schemas.ofContent(
                                schema.replace("email", "style"), "{\"a\":\"" + blanks + ":" + blanks + ";;\"}"))
                        .isEmpty());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://json-schema.org/draft/2020-12/schema",
                "https://json-schema.org/draft/2019-09/schema",
                "http://json-schema.org/draft-07/schema#"
            })
    void ordinarySchema_staysBelowCostLimit(String draft) {
        var member = """
                {"type":"object","title":"One of them","description":"%s","required":["id","host","port"],
                 "properties":{
                  "id":{"type":"string","pattern":"^[a-z0-9-]{1,64}$","minLength":1,"maxLength":64},
                  "host":{"type":"string","format":"hostname","description":"%s"},
                  "port":{"type":"integer","minimum":1,"maximum":65535,"multipleOf":1},
                  "weight":{"anyOf":[{"type":"number","exclusiveMinimum":0,"multipleOf":0.01},{"const":"none"}]},
                  "country":{"enum":[%s]},
                  "tags":{"type":"array","uniqueItems":true,"maxItems":16,"items":{"$ref":"#/definitions/tag"}}},
                 "additionalProperties":false}""".formatted("why ".repeat(50), "why ".repeat(50), list(250, i -> "\"c" + i + "\""));
        var schema = """
                {"$schema":"%s","definitions":{"tag":{"type":"string","maxLength":32},"member":%s},
                 "properties":{"members":{"type":"array","items":{"$ref":"#/definitions/member"}}},
                 "patternProperties":{"^x-":{"type":"string"}},"allOf":[%s]}""".formatted(draft, member, list(8, _ -> """
                        {"properties":{"members":{"items":{"oneOf":[{"$ref":"#/definitions/member"},{"type":"null"}]}}}}"""));
        var content = "{\"members\":[" + list(550, i -> """
                {"id":"member-%d","host":"m%d.registry.example","port":%d,"weight":0.25,"country":"c249","tags":["a","b","c"]}""".formatted(i, i, 8_000 + i)) + "]}";

        assertThat(content).hasSizeBetween(MOST_BYTES * 9 / 10, MOST_BYTES);
        assertThat(schemas.ofSchema(schema)).isEmpty();
        assertThat(schemas.ofContent(schema, content)).isEmpty();
    }

    @Test
    void longOrdinarySchema_staysBelowCostLimit() {
        var properties = list(500, i -> """
                "setting-%d":{"type":["integer","null"],"minimum":0,"maximum":100,"default":50,"description":"What it is"}""".formatted(i));
        var schema = "{\"type\":\"object\",\"properties\":{" + properties + "},\"unevaluatedProperties\":false}";
        assertThat(schema).hasSizeBetween(MOST_BYTES * 3 / 4, MOST_BYTES);
        assertThat(schemas.ofSchema(schema)).isEmpty();
        assertThat(schemas.ofContent(schema, "{" + list(500, i -> "\"setting-" + i + "\":" + i % 100) + "}"))
                .isEmpty();
    }

    private void assertNotCheckable(String schema, String value) {
        assertTimeoutPreemptively(Duration.ofSeconds(60), () -> {
            assertThat(schemas.ofSchema(schema)).isEmpty();
            assertThat(code(schemas.ofContent(schema, "{\"a\":" + value + "}")))
                    .isEqualTo(ErrorCode.SCHEMA_NOT_CHECKABLE);
        });
    }

    /**
     * Returns a schema that applies another schema to {@code a} a quarter of a million times, with fewer keywords than
     * the budget allows.
     */
    private static String appliedRepeatedly(String schema) {
        var steps = list(
                5,
                i -> "\"s" + i + "\":{\"allOf\":[" + list(12, _ -> "{\"$ref\":\"#/$defs/s" + (i + 1) + "\"}") + "]}");
        return "{\"properties\":{\"a\":{\"$ref\":\"#/$defs/s0\"}},\"$defs\":{" + steps + ",\"s5\":" + schema + "}}";
    }

    /** Returns the name with each character escaped whose bit is set in the number. */
    private static String percentEncoded(String name, int number) {
        return IntStream.range(0, name.length())
                .mapToObj(i ->
                        (number >> i & 1) == 0 ? name.substring(i, i + 1) : "%" + Integer.toHexString(name.charAt(i)))
                .collect(Collectors.joining());
    }

    private static String list(int length, IntFunction<String> item) {
        return IntStream.range(0, length).mapToObj(item).collect(Collectors.joining(","));
    }

    private static @Nullable ErrorCode code(Optional<Refused> refused) {
        return refused.map(Refused::code).orElse(null);
    }
}
