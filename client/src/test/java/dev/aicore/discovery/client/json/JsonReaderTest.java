package dev.aicore.discovery.client.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class JsonReaderTest {

    private static final int DOCUMENTS = 3_000;

    private static final JsonMapper JACKSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private static final String ALPHABET = "{}[]\",:\\ \n0123456789.-+eEtrufalsn/b\u00e9\u0001";

    @Test
    void generatedDocument_hasJacksonsValue() {
        var random = new Random(1);
        for (int i = 0; i < DOCUMENTS; i++) {
            String json = JsonWriter.write(value(random, 4));

            assertThat(equal(JsonReader.parse(json), JACKSON.readTree(json)))
                    .as(json)
                    .isTrue();
        }
    }

    /** Both accept or refuse a damaged document, and agree on its value. */
    @Test
    void damagedDocument_isJudgedLikeByJackson() {
        var random = new Random(2);
        for (int i = 0; i < 10 * DOCUMENTS; i++) {
            var json = new StringBuilder(JsonWriter.write(value(random, 3)));
            for (int damages = random.nextInt(3); damages >= 0; damages--) {
                int place = random.nextInt(json.length() + 1);
                char next = ALPHABET.charAt(random.nextInt(ALPHABET.length()));
                switch (random.nextInt(3)) {
                    case 0 -> json.insert(place, next);
                    case 1 -> json.setLength(place);
                    default -> {
                        if (place < json.length()) {
                            json.setCharAt(place, next);
                        }
                    }
                }
                if (json.isEmpty()) {
                    json.append(' ');
                }
            }
            compare(json.toString());
        }
    }

    private static void compare(String json) {
        JsonNode expected;
        try {
            expected = JACKSON.readTree(json);
        } catch (JacksonException | NumberFormatException e) {
            assertThatThrownBy(() -> JsonReader.parse(json)).as(json).isInstanceOf(JsonFormatException.class);
            return;
        }
        Object read;
        try {
            read = JsonReader.parse(json);
        } catch (JsonFormatException e) {
            // Jackson reads blanks as a missing node, and numbers of any size.
            assertThat(expected.isMissingNode()
                            || String.valueOf(e.getMessage()).contains("number")
                            || hasLargeExponent(json))
                    .as("%s: %s", json, e.getMessage())
                    .isTrue();
            return;
        }
        assertThat(equal(read, expected)).as(json).isTrue();
    }

    private static boolean hasLargeExponent(String json) {
        return json.matches("(?s).*[eE][+-]?[0-9]{5,}.*");
    }

    private static boolean equal(@Nullable Object read, JsonNode expected) {
        if (read instanceof Map<?, ?> map) {
            return expected.isObject()
                    && map.size() == expected.size()
                    && map.entrySet().stream()
                            .allMatch(member -> expected.has((String) member.getKey())
                                    && equal(member.getValue(), expected.get((String) member.getKey())));
        }
        if (read instanceof List<?> list) {
            return expected.isArray()
                    && list.size() == expected.size()
                    && IntStream.range(0, list.size()).allMatch(i -> equal(list.get(i), expected.get(i)));
        }
        if (read instanceof Number number) {
            return expected.isNumber() && new BigDecimal(number.toString()).compareTo(expected.decimalValue()) == 0;
        }
        if (read instanceof String text) {
            return expected.isString() && expected.stringValue().equals(text);
        }
        return read == null ? expected.isNull() : expected.isBoolean() && read.equals(expected.booleanValue());
    }

    private static @Nullable Object value(Random random, int depth) {
        return switch (random.nextInt(depth > 0 ? 8 : 6)) {
            case 0 -> random.nextLong() >> random.nextInt(64);
            case 1 -> BigDecimal.valueOf(random.nextInt(), random.nextInt(20) - 5);
            case 2 -> random.nextBoolean();
            case 3 -> null;
            case 4, 5 -> text(random);
            case 6 -> {
                var list = new ArrayList<@Nullable Object>();
                for (int i = random.nextInt(4); i > 0; i--) {
                    list.add(value(random, depth - 1));
                }
                yield list;
            }
            default -> {
                var map = new LinkedHashMap<String, @Nullable Object>();
                for (int i = random.nextInt(4); i > 0; i--) {
                    map.put(text(random), value(random, depth - 1));
                }
                yield map;
            }
        };
    }

    private static String text(Random random) {
        var text = new StringBuilder();
        for (int i = random.nextInt(8); i > 0; i--) {
            text.appendCodePoint(
                    switch (random.nextInt(4)) {
                        case 0 -> random.nextInt(0x20);
                        case 1 -> "\"\\/é€".codePointAt(random.nextInt(5));
                        case 2 -> 0x1F600 + random.nextInt(40);
                        default -> 'a' + random.nextInt(26);
                    });
        }
        return text.toString();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "{\"a\":1,\"a\":2}",
                "[1,]",
                "01",
                "+1",
                "1.",
                ".5",
                "1e99999",
                "NaN",
                "\"\\u00g0\"",
                "\"\\u\u0660\u0660\u0660\u0660\"",
                "\"a",
                "\"\n\"",
                "{} {}",
                "nul",
                "tru",
                "[1 2]",
                "{\"a\" 1}",
                "{1:2}",
                "12345678901234567890123456789012345678901"
            })
    void malformedText_isRefused(String json) {
        assertThatThrownBy(() -> JsonReader.parse(json)).isInstanceOf(JsonFormatException.class);
    }

    @Test
    void nesting_beyond32Levels_isRefused() {
        assertThat(JsonReader.parse("[".repeat(32) + "]".repeat(32))).isNotNull();
        assertThatThrownBy(() -> JsonReader.parse("[".repeat(33) + "]".repeat(33)))
                .isInstanceOf(JsonFormatException.class);
    }

    @Test
    void memberOfAnotherType_countsAsAbsent() {
        var object =
                JsonReader.parseObject("{\"port\": \"80\", \"tags\": [1, \"a\"], \"weight\": 1e400, \"ttl\": 30.0}");

        assertThat(object.number("port", 7)).isEqualTo(7);
        assertThat(object.texts("tags")).containsExactly("a");
        assertThat(object.number("weight", 5)).isEqualTo(5);
        assertThat(object.number("ttl", 5)).isEqualTo(30);
        assertThat(object.object("metadata").texts()).isEmpty();
    }
}
