package dev.aicore.discovery.server.ctl;

import dev.aicore.discovery.web.ApiJson;
import java.io.Console;
import java.io.PrintStream;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Output streams and their capabilities.
 *
 * @param isTerminal true if the output is a terminal; otherwise there are no colours, and no line is overwritten
 * @param colours true if ANSI colours are used
 * @param width width in characters
 */
record Terminal(PrintStream out, PrintStream err, boolean isTerminal, boolean colours, int width) {

    private static final int DEFAULT_WIDTH = 100;
    private static final int MIN_WIDTH = 40;
    private static final int MAX_WIDTH = 400;

    static Terminal of(PrintStream out, PrintStream err, Map<String, String> environment) {
        boolean terminal = Optional.ofNullable(System.console())
                .filter(Console::isTerminal)
                .isPresent();
        return new Terminal(
                out,
                err,
                terminal,
                terminal && !environment.containsKey("NO_COLOR"),
                width(environment.get("COLUMNS")));
    }

    private static int width(@Nullable String columns) {
        return columns == null || !columns.matches("[0-9]{1,4}")
                ? DEFAULT_WIDTH
                : Math.clamp(Integer.parseInt(columns), MIN_WIDTH, MAX_WIDTH);
    }

    void json(JsonNode node) {
        out.println(ApiJson.mapper().writerWithDefaultPrettyPrinter().writeValueAsString(node));
    }
}
