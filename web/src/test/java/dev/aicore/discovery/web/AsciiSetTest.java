package dev.aicore.discovery.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class AsciiSetTest {

    private static final String CHARACTER_CLASS = "[A-Za-z0-9._-]";

    private final AsciiSet asciiSet = AsciiSet.of(CHARACTER_CLASS);

    @Test
    void containsAll_anyCharacter_isTrueIfThePatternMatches() {
        var pattern = Pattern.compile(CHARACTER_CLASS);
        for (int c = 0; c <= Character.MAX_VALUE; c++) {
            var text = String.valueOf((char) c);
            assertThat(asciiSet.containsAll(text))
                    .as("U+%04X", c)
                    .isEqualTo(pattern.matcher(text).matches());
        }
    }

    @Test
    void containsAll_foreignCharacterAnywhere_isFalse() {
        assertThat(asciiSet.containsAll("")).isTrue();
        assertThat(asciiSet.containsAll("a.b")).isTrue();
        assertThat(asciiSet.containsAll("a.b ")).isFalse();
        assertThat(asciiSet.containsAll(" a.b")).isFalse();
        assertThat(asciiSet.containsAll("a b")).isFalse();
        assertThat(asciiSet.containsAll("\uD83D\uDE00")).isFalse();
    }

    @Test
    void containsAll_part_ignoresTheRest() {
        assertThat(asciiSet.containsAll(" a.b ", 1, 4)).isTrue();
        assertThat(asciiSet.containsAll(" a.b ", 0, 4)).isFalse();
        assertThat(asciiSet.containsAll(" a.b ", 1, 5)).isFalse();
    }
}
