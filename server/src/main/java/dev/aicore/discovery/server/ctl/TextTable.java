package dev.aicore.discovery.server.ctl;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/**
 * Prints rows in columns that are as wide as their longest value; the last column isn't padded. Picocli's
 * {@code TextTable} has columns of a fixed width, and wraps or cuts longer values.
 */
final class TextTable {

    private final List<List<String>> rows = new ArrayList<>();

    TextTable(String... names) {
        rows.add(List.of(names));
    }

    TextTable add(Object... values) {
        rows.add(Arrays.stream(values).map(TextTable::text).toList());
        return this;
    }

    boolean isEmpty() {
        return rows.size() == 1;
    }

    void print(PrintStream out) {
        int columns = rows.getFirst().size();
        var widths = new int[columns];
        for (var row : rows) {
            for (int column = 0; column < columns; column++) {
                widths[column] = Math.max(widths[column], row.get(column).length());
            }
        }
        for (var row : rows) {
            var line = new StringBuilder();
            for (int column = 0; column < columns; column++) {
                var text = row.get(column);
                line.append(column == columns - 1 ? text : text + " ".repeat(widths[column] - text.length() + 2));
            }
            out.println(line.toString().stripTrailing());
        }
    }

    /**
     * Returns the text of a value without control and format characters, so that foreign text can't move the cursor or
     * imitate a row.
     */
    private static String text(Object value) {
        var text = switch (value) {
            case JsonNode node when node.isMissingNode() || node.isNull() -> "";
            case JsonNode node when node.isValueNode() -> node.asString();
            case JsonNode node
            when node.isArray() -> node.valueStream().map(TextTable::text).collect(Collectors.joining(","));
            default -> value.toString();
        };
        return text.codePoints()
                .map(c -> Character.isISOControl(c) || Character.getType(c) == Character.FORMAT ? ' ' : c)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }
}
