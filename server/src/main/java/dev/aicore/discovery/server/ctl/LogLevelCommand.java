package dev.aicore.discovery.server.ctl;

import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.convert.DurationStyle;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** Implements {@code ctl log-level}: shows, changes and sets back levels of loggers. */
@Command(
        name = "log-level",
        mixinStandardHelpOptions = true,
        description = {
            "Shows the levels of the loggers of one process, changes one for a limited time, or sets it back.",
            "Without LEVEL it only shows: all loggers with a level of their own, or the level that LOGGER has."
        })
final class LogLevelCommand implements Runnable {

    private static final String PATH = "/api/v1/admin/log-levels";
    private static final String RESET = "reset";
    private static final String ROOT = "ROOT";

    private final CtlContext ctlContext;

    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "LOGGER",
            description = "ROOT, or the name of a package or a class.")
    private @Nullable String logger;

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "LEVEL",
            description = "trace, debug, info, warn, error or off; or reset, for the level before the change.")
    private @Nullable String level;

    @Option(
            names = "--for",
            paramLabel = "DURATION",
            description = "Time after which the level is set back, such as 90s or 1h, at most 24h. Default: 10m")
    private @Nullable String duration;

    @Option(names = "--reason", paramLabel = "TEXT", description = "Reason of the change, shown by the log.")
    private @Nullable String reason;

    LogLevelCommand(CtlContext ctlContext) {
        this.ctlContext = ctlContext;
    }

    @Override
    public void run() {
        if (logger == null || level == null) {
            requireNoOptions("LEVEL", duration, reason);
            list(logger);
        } else if (level.equals(RESET)) {
            requireNoOptions("another LEVEL than " + RESET, duration, null);
            show(ctlContext.api().delete(pathOf(logger), reason), "");
        } else {
            change(logger, level);
        }
    }

    private void change(String name, String newLevel) {
        var body = new LinkedHashMap<String, Object>();
        body.put("level", newLevel);
        if (duration != null) {
            body.put("duration_seconds", seconds(duration));
        }
        if (reason != null) {
            body.put("reason", reason);
        }
        var answer = ctlContext.api().send("PUT", pathOf(name), body);
        show(answer, " until " + answer.at("/data/change/until").asString(""));
    }

    private void list(@Nullable String name) {
        var answer = ctlContext.api().get(PATH);
        var loggers = answer.at("/data/loggers");
        if (name != null) {
            var nearest = nearest(loggers, name);
            ctlContext.show(
                    answer,
                    "The level of " + name + " is " + levelOf(nearest)
                            + (nameOf(nearest).equals(name) ? until(nearest) : ", that of " + nameOf(nearest)) + ".");
            return;
        }
        var textTable = new TextTable("LOGGER", "LEVEL", "CHANGED BY", "UNTIL", "REASON");
        for (var entry : loggers) {
            var change = entry.path("change");
            textTable.add(
                    entry.path("logger"),
                    entry.path("effective_level"),
                    change.path("by"),
                    change.path("until"),
                    change.path("reason"));
        }
        ctlContext.show(answer, textTable, "No logger has a level of its own.");
    }

    /** Returns the entry of a logger, or of the next one above that has a level of its own. */
    private static JsonNode nearest(JsonNode loggers, String name) {
        for (var above = name; ; above = parentOf(above)) {
            for (var entry : loggers) {
                if (nameOf(entry).equals(above)) {
                    return entry;
                }
            }
            if (above.equals(ROOT)) {
                throw new CtlException("The registry lists no level for " + name + ".");
            }
        }
    }

    private static String parentOf(String name) {
        int dot = name.lastIndexOf('.');
        return dot < 0 ? ROOT : name.substring(0, dot);
    }

    private void show(JsonNode answer, String end) {
        var entry = answer.path("data");
        ctlContext.show(answer, "The level of " + nameOf(entry) + " is " + levelOf(entry) + end + ".");
    }

    private static String until(JsonNode entry) {
        var until = entry.at("/change/until");
        return until.isString() ? " until " + until.asString("") : "";
    }

    private static String nameOf(JsonNode entry) {
        return entry.path("logger").asString("");
    }

    private static String levelOf(JsonNode entry) {
        return entry.path("effective_level").asString("");
    }

    private static String pathOf(String name) {
        return PATH + "/" + CtlHttpClient.encode(name);
    }

    private static long seconds(String text) {
        try {
            return DurationStyle.detectAndParse(text, ChronoUnit.SECONDS).toSeconds();
        } catch (IllegalArgumentException unreadable) {
            throw new UsageException("--for is a time such as 90s, 10m or 1h, and not '" + text + "'.");
        }
    }

    private static void requireNoOptions(String needed, @Nullable String duration, @Nullable String reason) {
        if (duration != null || reason != null) {
            throw new UsageException((duration != null ? "--for" : "--reason") + " needs " + needed + ".");
        }
    }
}
