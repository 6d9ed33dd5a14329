package dev.aicore.discovery.ui;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ScriptCommentsTest {

    @Test
    void comments_becomeEmptyLines_andCodeKeepsItsLines() {
        var script = """
                /** Begins
                 * and goes on.
                 */
                import { a } from './a.js';
                /** Describes b. */
                const b = 'http://x'; // stays, since it doesn't fill the line
                  // goes
                a(b);
                """;

        var blanked = ScriptComments.blank(script);

        assertThat(blanked.lines()).hasSameSizeAs(script.lines().toList());
        assertThat(blanked.lines().filter(line -> !line.isEmpty()))
                .containsExactly(
                        "import { a } from './a.js';",
                        "const b = 'http://x'; // stays, since it doesn't fill the line",
                        "a(b);");
    }
}
