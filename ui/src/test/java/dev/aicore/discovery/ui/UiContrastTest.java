package dev.aicore.discovery.ui;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Computes the contrast of each pair of colours that the style sheet uses (WCAG 2.2, 1.4.3 and 1.4.11). */
class UiContrastTest {

    private static final Pattern TOKEN = Pattern.compile("--([a-z-]+): #([0-9a-f]{6});");

    private static final double TEXT = 4.5;
    private static final double MARK = 3;

    private static final List<String> GROUNDS = List.of("ground", "raised");
    private static final List<String> TEXTS = List.of(
            "text",
            "muted",
            "link",
            "healthy",
            "unhealthy",
            "expired",
            "starting",
            "maintenance",
            "draining",
            "ejected");

    @ParameterizedTest
    @ValueSource(strings = {":root {", ":root[data-theme=\"dark\"] {"})
    void tokens_haveEnoughContrast(String theme) {
        var tokens = tokens(theme);

        for (var ground : GROUNDS) {
            for (var text : TEXTS) {
                assertThat(contrast(tokens, text, ground))
                        .as("%s on %s", text, ground)
                        .isGreaterThanOrEqualTo(TEXT);
            }
            assertThat(contrast(tokens, "control", ground))
                    .as("control on %s", ground)
                    .isGreaterThanOrEqualTo(MARK);
            assertThat(contrast(tokens, "accent", ground))
                    .as("accent on %s", ground)
                    .isGreaterThanOrEqualTo(MARK);
        }
        for (var text : List.of("past", "text", "muted", "link")) {
            assertThat(contrast(tokens, text, "past-ground"))
                    .as("%s in the past", text)
                    .isGreaterThanOrEqualTo(TEXT);
        }
    }

    private static Map<String, Integer> tokens(String theme) {
        var css = Objects.requireNonNull(UiSources.withEnding(".css").get("style/main.css"));
        int begin = css.indexOf(theme);
        var block = css.substring(begin, css.indexOf('}', begin));
        var tokens = new HashMap<String, Integer>();
        TOKEN.matcher(block)
                .results()
                .forEach(token -> tokens.put(token.group(1), Integer.parseInt(token.group(2), 16)));
        return tokens;
    }

    private static double contrast(Map<String, Integer> tokens, String one, String other) {
        double first = luminance(Objects.requireNonNull(tokens.get(one), one));
        double second = luminance(Objects.requireNonNull(tokens.get(other), other));
        return (Math.max(first, second) + 0.05) / (Math.min(first, second) + 0.05);
    }

    private static double luminance(int rgb) {
        return 0.2126 * channel(rgb >> 16) + 0.7152 * channel(rgb >> 8) + 0.0722 * channel(rgb);
    }

    private static double channel(int value) {
        double share = (value & 0xff) / 255.0;
        return share <= 0.04045 ? share / 12.92 : Math.pow((share + 0.055) / 1.055, 2.4);
    }
}
