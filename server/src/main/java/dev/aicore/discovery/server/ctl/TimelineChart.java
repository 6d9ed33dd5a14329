package dev.aicore.discovery.server.ctl;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Draws the states of instances in a time window, one row each. A cell shows the worst state in its interval. */
final class TimelineChart {

    private static final int MAX_LABEL = 30;
    private static final int MIN_CELLS = 10;
    private static final String NONE = ".";
    private static final String RESET = "\u001b[0m";

    private final Terminal terminal;

    TimelineChart(Terminal terminal) {
        this.terminal = terminal;
    }

    /** Character and colour of a status, ordered from best to worst. */
    private enum StatusStyle {
        HEALTHY('#', 42),
        MAINTENANCE('m', 44),
        DRAINING('d', 46),
        STARTING('s', 43),
        EXPIRED('x', 100),
        EJECTED('e', 45),
        UNHEALTHY('U', 41);

        private final char plain;
        private final int colour;

        StatusStyle(char plain, int colour) {
            this.plain = plain;
            this.colour = colour;
        }

        static @Nullable StatusStyle of(String status) {
            for (var statusStyle : values()) {
                if (statusStyle.name().equalsIgnoreCase(status)) {
                    return statusStyle;
                }
            }
            return null;
        }
    }

    void draw(JsonNode data) {
        var out = terminal.out();
        var from = Instant.parse(data.path("from").asString());
        var to = Instant.parse(data.path("to").asString());
        var instances = data.path("instances");
        var service = data.path("service_name").asString("");
        if (instances.isEmpty()) {
            out.println("No instance of " + service + " was registered from " + from + " to " + to + ".");
            return;
        }
        int label = instances
                .valueStream()
                .mapToInt(row -> Math.min(MAX_LABEL, row.path("id").asString("").length()))
                .max()
                .orElse(0);
        int cells = Math.max(MIN_CELLS, terminal.width() - label - 2);
        out.println(service + " from " + from + " to " + to + ", " + describe(Duration.between(from, to), cells)
                + " per cell");
        for (var row : instances) {
            out.println(padded(row.path("id").asString(""), label) + "  " + cells(row.path("spans"), from, to, cells));
        }
        out.println(legend());
    }

    private String cells(JsonNode spans, Instant from, Instant to, int cells) {
        var styles = new @Nullable StatusStyle[cells];
        long whole = Math.max(1, Duration.between(from, to).toMillis());
        for (var span : spans) {
            var statusStyle = StatusStyle.of(span.path("status").asString(""));
            long begin = Duration.between(from, Instant.parse(span.path("from").asString()))
                    .toMillis();
            long end = Duration.between(from, Instant.parse(span.path("to").asString()))
                    .toMillis();
            int first = (int) (begin * cells / whole);
            int last = (int) Math.max(first + 1L, Math.ceilDiv(end * cells, whole));
            for (int cell = first; cell < Math.min(last, cells); cell++) {
                styles[cell] = worse(styles[cell], statusStyle);
            }
        }
        var text = new StringBuilder();
        for (var look : styles) {
            text.append(shown(look));
        }
        return text.toString();
    }

    private static @Nullable StatusStyle worse(@Nullable StatusStyle one, @Nullable StatusStyle other) {
        return one == null || (other != null && other.compareTo(one) > 0) ? other : one;
    }

    private String shown(@Nullable StatusStyle statusStyle) {
        if (statusStyle == null) {
            return NONE;
        }
        return terminal.colours() ? "\u001b[" + statusStyle.colour + "m " + RESET : String.valueOf(statusStyle.plain);
    }

    private String legend() {
        return Arrays.stream(StatusStyle.values())
                .map(statusStyle ->
                        shown(statusStyle) + " " + statusStyle.name().toLowerCase(Locale.ROOT))
                .collect(Collectors.joining("  ", "", "  " + NONE + " not registered"));
    }

    private static String describe(Duration window, int cells) {
        double seconds = window.toMillis() / 1e3 / cells;
        return seconds >= 60
                ? String.format(Locale.ROOT, "%.1f min", seconds / 60)
                : String.format(Locale.ROOT, "%.1f s", seconds);
    }

    private static String padded(String id, int width) {
        var shown = id.length() <= width ? id : id.substring(0, width - 1) + "~";
        return shown + " ".repeat(width - shown.length());
    }
}
