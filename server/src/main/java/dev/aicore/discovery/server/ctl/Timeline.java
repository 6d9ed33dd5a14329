package dev.aicore.discovery.server.ctl;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Draws what instances were in a window of time, one row each. A cell shows the worst of what happened in it. */
final class Timeline {

    private static final int LONGEST_LABEL = 30;
    private static final int LEAST_CELLS = 10;
    private static final String NONE = ".";
    private static final String RESET = "\u001b[0m";

    private final Screen screen;

    Timeline(Screen screen) {
        this.screen = screen;
    }

    /** How a status looks, the worst one last. */
    private enum Look {
        HEALTHY('#', 42),
        MAINTENANCE('m', 44),
        DRAINING('d', 46),
        STARTING('s', 43),
        EXPIRED('x', 100),
        EJECTED('e', 45),
        UNHEALTHY('U', 41);

        private final char plain;
        private final int colour;

        Look(char plain, int colour) {
            this.plain = plain;
            this.colour = colour;
        }

        static @Nullable Look of(String status) {
            for (var look : values()) {
                if (look.name().equalsIgnoreCase(status)) {
                    return look;
                }
            }
            return null;
        }
    }

    void draw(JsonNode data) {
        var out = screen.out();
        var from = Instant.parse(data.path("from").asString());
        var to = Instant.parse(data.path("to").asString());
        var instances = data.path("instances");
        var service = data.path("service_name").asString("");
        if (instances.isEmpty()) {
            out.println("No instance of " + service + " was there from " + from + " to " + to + ".");
            return;
        }
        int label = instances
                .valueStream()
                .mapToInt(row ->
                        Math.min(LONGEST_LABEL, row.path("id").asString("").length()))
                .max()
                .orElse(0);
        int cells = Math.max(LEAST_CELLS, screen.width() - label - 2);
        out.println(
                service + " from " + from + " to " + to + ", " + words(Duration.between(from, to), cells) + " a cell");
        for (var row : instances) {
            out.println(padded(row.path("id").asString(""), label) + "  " + cells(row.path("spans"), from, to, cells));
        }
        out.println(legend());
    }

    private String cells(JsonNode spans, Instant from, Instant to, int cells) {
        var looks = new @Nullable Look[cells];
        long whole = Math.max(1, Duration.between(from, to).toMillis());
        for (var span : spans) {
            var look = Look.of(span.path("status").asString(""));
            long begin = Duration.between(from, Instant.parse(span.path("from").asString()))
                    .toMillis();
            long end = Duration.between(from, Instant.parse(span.path("to").asString()))
                    .toMillis();
            int first = (int) (begin * cells / whole);
            int last = (int) Math.max(first + 1L, Math.ceilDiv(end * cells, whole));
            for (int cell = first; cell < Math.min(last, cells); cell++) {
                looks[cell] = worse(looks[cell], look);
            }
        }
        var text = new StringBuilder();
        for (var look : looks) {
            text.append(shown(look));
        }
        return text.toString();
    }

    private static @Nullable Look worse(@Nullable Look one, @Nullable Look other) {
        return one == null || (other != null && other.compareTo(one) > 0) ? other : one;
    }

    private String shown(@Nullable Look look) {
        if (look == null) {
            return NONE;
        }
        return screen.colours() ? "\u001b[" + look.colour + "m " + RESET : String.valueOf(look.plain);
    }

    private String legend() {
        return Arrays.stream(Look.values())
                .map(look -> shown(look) + " " + look.name().toLowerCase(Locale.ROOT))
                .collect(Collectors.joining("  ", "", "  " + NONE + " not there"));
    }

    private static String words(Duration window, int cells) {
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
