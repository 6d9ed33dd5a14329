package dev.aicore.discovery.dialect.consul;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.aicore.discovery.api.error.ErrorCode;
import dev.aicore.discovery.api.error.RegistryException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigurationValueTest {

    private static String json(String value) {
        return new String(ConfigurationValue.toJson(value.getBytes(UTF_8)), UTF_8);
    }

    @Test
    void json_isReturnedUnchanged() {
        assertThat(json(" {\"a\": 1e400}\n")).isEqualTo(" {\"a\": 1e400}\n");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a: 0.10 | {\"a\":0.10}",
                "a: 12345678901234567890123 | {\"a\":12345678901234567890123}",
                "a: 0x1F | {\"a\":31}",
                "a: 1_000 | {\"a\":1000}",
                "a: yes | {\"a\":true}",
                "a: '1' | {\"a\":\"1\"}",
                "a: 2026-12-01 | {\"a\":\"2026-12-01\"}",
                "a: ~ | {\"a\":null}",
                "1: {on: [x, \"\\u0001\"]} | {\"1\":{\"true\":[\"x\",\"\\u0001\"]}}",
                "{a: &x [1], b: *x} | {\"a\":[1],\"b\":[1]}"
            })
    void yaml_becomesJson(String yaml, String expected) {
        assertThat(json(yaml)).isEqualTo(expected);
    }

    @Test
    void yamlMergeKey_isResolved() {
        assertThat(json("base: &b {x: 1, y: 2}\nprod:\n  <<: *b\n  y: 3\n"))
                .isEqualTo("{\"base\":{\"x\":1,\"y\":2},\"prod\":{\"x\":1,\"y\":3}}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "a=b",
                "- 1",
                "a: 1\na: 2",
                "a: [",
                "a: .inf",
                "a: !!binary aGVsbG8=",
                "a: !!java.net.URL [x]",
                "a: !!timestamp 2026-12-01",
                "? [x]\n: 1",
                "a: &x [*x]",
                "a: 1\n---\nb: 2"
            })
    void otherValue_isRefused(String value) {
        assertThatThrownBy(() -> json(value))
                .isInstanceOfSatisfying(
                        RegistryException.class,
                        refusal -> assertThat(refusal.code()).isEqualTo(ErrorCode.VALIDATION_FAILED));
    }

    @Test
    void brokenJsonObject_isRefusedAsJson() {
        assertThatThrownBy(() -> json("{\"a\":1,\"a\":2}"))
                .isInstanceOfSatisfying(
                        RegistryException.class,
                        refusal -> assertThat(refusal.code()).isEqualTo(ErrorCode.MALFORMED_JSON));
    }

    @Test
    void multipliedAliases_areBounded() {
        var levels = IntStream.rangeClosed(1, 16)
                .mapToObj(level -> "l" + level + ": &l" + level + " [*l" + (level - 1) + ", *l" + (level - 1) + ", *l"
                        + (level - 1) + "]\n")
                .collect(Collectors.joining());
        assertThatThrownBy(() -> json("l0: &l0 [x]\n" + levels))
                .isInstanceOfSatisfying(
                        RegistryException.class,
                        refusal -> assertThat(refusal.code()).isEqualTo(ErrorCode.BODY_TOO_LARGE));
    }
}
