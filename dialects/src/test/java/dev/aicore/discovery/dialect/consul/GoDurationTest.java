package dev.aicore.discovery.dialect.consul;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.aicore.discovery.dialect.consul.GoDuration.InvalidDurationException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GoDurationTest {

    @ParameterizedTest
    @CsvSource({
        "2s, PT2S",
        "120000ms, PT2M",
        "0.5s, PT0.5S",
        "1m30s, PT1M30S",
        "1h, PT1H",
        "0, PT0S",
        "-5s, PT-5S",
        "1.5h, PT1H30M",
        ".5m, PT30S",
        "1500us, PT0.0015S",
        "+3s, PT3S",
        "7ns, PT0.000000007S"
    })
    void parse_durationOfGo_isRead(String text, Duration expected) throws InvalidDurationException {
        assertThat(GoDuration.parse(text)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1 | time: missing unit in duration \"1\"",
                "1m30 | time: missing unit in duration \"1m30\"",
                "soon | time: invalid duration \"soon\"",
                "'' | time: invalid duration \"\"",
                "- | time: invalid duration \"-\"",
                "5d | time: unknown unit \"d\" in duration \"5d\"",
                "5 s | time: unknown unit \" s\" in duration \"5 s\"",
                "99999999999999h | time: invalid duration \"99999999999999h\"",
                "1..5s | time: missing unit in duration \"1..5s\""
            })
    void parse_otherText_isRefusedInGosWords(String text, String message) {
        assertThatExceptionOfType(InvalidDurationException.class)
                .isThrownBy(() -> GoDuration.parse(text))
                .withMessage(message);
    }

    @Test
    void parse_longText_isRefusedWithoutRepeatingIt() {
        assertThatExceptionOfType(InvalidDurationException.class)
                .isThrownBy(() -> GoDuration.parse("1".repeat(10_000) + "s"))
                .satisfies(refused -> assertThat(refused.getMessage()).hasSizeLessThan(100));
    }

    @ParameterizedTest
    @CsvSource({"10, 10s", "90, 1m30s", "3600, 1h0m0s", "0, 0s"})
    void format_seconds_areWrittenAsInGo(long seconds, String expected) {
        assertThat(GoDuration.format(seconds)).isEqualTo(expected);
    }
}
