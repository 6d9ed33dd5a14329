package dev.aicore.discovery.balancing;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VersionRangeTest {

    @ParameterizedTest
    @CsvSource({
        "1.2.0, 1.2.0, true",
        "1.2.0, 1.2, false",
        "1.2, 1.2.0, false",
        "blue, blue, true",
        "^1.2, 1.2.0, true",
        "^1.2, 1.9.3, true",
        "^1.2, 1.1.9, false",
        "^1.2, 2.0.0, false",
        "^1.2, 1.2, true",
        "^1, 1, true",
        "^0.2.3, 0.2.9, true",
        "^0.2.3, 0.3.0, false",
        "~1.2.3, 1.2.9, true",
        "~1.2.3, 1.3.0, false",
        ">=1.2 <2, 1.2.0, true",
        ">=1.2 <2, 1.99.0, true",
        ">=1.2 <2, 2.0.0, false",
        ">= 1.2 < 2, 1.5.0, true",
        "<1 || >=3, 0.9.0, true",
        "<1 || >=3, 2.0.0, false",
        "<1 || >=3, 3.1.0, true",
        "=1.2.3, 1.2.3, true",
        "=1.2.3, 1.2.4, false",
        "*, 7.0.0, true",
        "^1.2, blue, false",
        "^1.2, 1.3.0-rc.1, false",
        "^1.2 <1.5, 1.4.9, true",
        "^1.2 <1.5, 0.3.0, false",
        "^1.2 <1.5, 1.6.0, false",
        ">=1.2.3 ~1.2, 1.2.9, true",
        ">=1.2.3 ~1.2, 9.0.0, false",
        "^1.2 ^1.3, 1.3.1, true",
        "^1.2 ^1.3, 1.2.1, false",
        "* <2, 1.9.0, true",
        "* <2, 2.0.0, false",
        ">=1.2.0-rc.1 <2, 1.2.0-rc.2, true",
        ">=1.2.0-rc.1 <2, 1.1.0, false",
        ">=1.0.0-1, 1.0.0-20261129120000123456, true",
        ">=1.0.0-99999999999999999999, 1.0.0-20261129120000123456, false",
        ">=1.0.0-99999999999999999999, 1.0.0-100000000000000000000, true",
        ">=1.0.0-99999999999999999999, 1.0.0, true",
        "^1.0.0-rc99999999999999999999, 1.0.0-rc99999999999999999998, false",
        "=1.0.0-99999999999999999999, 1.0.0-99999999999999999999, true",
        "<1.0.0-2, 1.0.0-10, false",
        ">1.0.0-10, 1.0.0-2a, true",
        ">1.0.0-10, 1.0.0--, true",
        ">1.0.0-rc, 1.0.0-rc.0, true",
        "<1.0.0-rc9, 1.0.0-rc10, true",
        "=1.0.0-rc, 1.0.0-rc+build.7, true"
    })
    void range_acceptsMatchingVersionsOnly(String wish, String version, boolean accepted) {
        assertThat(requireNonNull(VersionRange.of(wish)).accepts(version)).isEqualTo(accepted);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "^",
                "^blue",
                ">=",
                ">=1.2 <",
                "1.2.3 - ",
                "||",
                "^1.2.3.4",
                "<<2",
                "^01.2",
                "~>1.2",
                "1 or 2",
                "^1.2-rc",
                ">=1.0.0-01 <2"
            })
    void malformedRange_isRefused(String text) {
        assertThat(VersionRange.of(text)).isNull();
    }

    /** If a blank could be parsed in two ways, this would take exponential time. */
    @Test
    void longMalformedRange_isRefusedWithoutBacktracking() {
        assertThat(VersionRange.of("1||1" + "  1".repeat(40) + "!")).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.2.0", "^1.2"})
    void ranges_ofSameText_areEqual(String text) {
        assertThat(VersionRange.of(text)).isEqualTo(VersionRange.of(text)).hasSameHashCodeAs(VersionRange.of(text));
        assertThat(VersionRange.of(text)).isNotEqualTo(VersionRange.of(text + ".1"));
    }
}
