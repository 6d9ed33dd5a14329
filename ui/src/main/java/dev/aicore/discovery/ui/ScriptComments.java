package dev.aicore.discovery.ui;

import java.util.stream.Collectors;

/** Comments of scripts that fill whole lines. They are a seventh of what a browser would load. */
final class ScriptComments {

    private ScriptComments() {}

    /** Returns the script with empty lines in place of its comments. */
    static String blank(String script) {
        var blanker = new Object() {
            private boolean inside;

            String line(String line) {
                var text = line.strip();
                if (inside) {
                    inside = !text.endsWith("*/");
                    return "";
                }
                if (text.startsWith("/*")) {
                    inside = !text.endsWith("*/");
                    return "";
                }
                return text.startsWith("//") ? "" : line;
            }
        };
        return script.lines().map(blanker::line).collect(Collectors.joining("\n", "", "\n"));
    }
}
