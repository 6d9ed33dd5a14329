package dev.aicore.discovery.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aicore.discovery.web.AsOfPoint.Ago;
import dev.aicore.discovery.web.AsOfPoint.AtInstant;
import dev.aicore.discovery.web.AsOfPoint.AtPosition;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AsOfParserTest {

    @Test
    void digits_areParsedAsPosition() {
        assertThat(AsOfParser.parse("0")).isEqualTo(new AtPosition(0));
        assertThat(AsOfParser.parse("123456789012345678")).isEqualTo(new AtPosition(123_456_789_012_345_678L));
    }

    @Test
    void instant_withAnyOffset_isParsed() {
        var instant = new AtInstant(Instant.parse("2026-11-23T03:12:00Z"));

        assertThat(AsOfParser.parse("2026-11-23T03:12:00Z")).isEqualTo(instant);
        assertThat(AsOfParser.parse("2026-11-23T05:12:00.000+02:00")).isEqualTo(instant);
        assertThat(AsOfParser.parse("2026-11-22T22:12-05:00")).isEqualTo(instant);
    }

    @Test
    void negativeDuration_isParsedAsAge() {
        assertThat(AsOfParser.parse("-500ms")).isEqualTo(new Ago(Duration.ofMillis(500)));
        assertThat(AsOfParser.parse("-5s")).isEqualTo(new Ago(Duration.ofSeconds(5)));
        assertThat(AsOfParser.parse("-15m")).isEqualTo(new Ago(Duration.ofMinutes(15)));
        assertThat(AsOfParser.parse("-2h")).isEqualTo(new Ago(Duration.ofHours(2)));
        assertThat(AsOfParser.parse("-7d")).isEqualTo(new Ago(Duration.ofDays(7)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-15",
                "15m",
                "+15m",
                "-1w",
                "--1s",
                "- 1s",
                "-1.5h",
                "-36526d",
                "1234567890123456789",
                "1e3",
                "0x10",
                "now",
                "yesterday",
                "2026-11-23",
                "2026-11-23T03:12:00",
                "2026-11-23 03:12:00Z",
                "2026-13-01T00:00:00Z",
                "2026-02-30T00:00:00Z",
                "1969-12-31T23:59:59Z",
                "+10000-01-01T00:00:00Z",
                "١٢٣"
            })
    void malformedAsOf_isNotParsed(String text) {
        assertThat(AsOfParser.parse(text)).isNull();
    }
}
