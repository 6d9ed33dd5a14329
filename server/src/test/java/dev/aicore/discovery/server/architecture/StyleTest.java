package dev.aicore.discovery.server.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.puppycrawl.tools.checkstyle.api.CheckstyleException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** Applies the style rules to examples; the build applies them to all sources. */
class StyleTest {

    static final List<StyleExample> VIOLATIONS = StyleExamples.VIOLATIONS;
    static final List<StyleExample> ALLOWED = StyleExamples.ALLOWED;

    private final StyleChecker checker = new StyleChecker();

    StyleTest() throws CheckstyleException {}

    @ParameterizedTest(name = "{0}")
    @FieldSource("VIOLATIONS")
    void violation_isDetectedByItsRuleOnly(StyleExample violation, @TempDir Path folder)
            throws CheckstyleException, IOException {
        assertThat(checker.check(violation.write(folder))).containsExactly(violation.rule());
    }

    @ParameterizedTest(name = "{0}")
    @FieldSource("ALLOWED")
    void allowedSource_passesAllRules(StyleExample allowed, @TempDir Path folder)
            throws CheckstyleException, IOException {
        assertThat(checker.check(allowed.write(folder))).isEmpty();
    }

    @Test
    void rules_allHaveViolationExample() throws CheckstyleException {
        assertThat(VIOLATIONS)
                .extracting(StyleExample::rule)
                .containsAll(checker.rules())
                .isSubsetOf(checker.rules());
    }
}
