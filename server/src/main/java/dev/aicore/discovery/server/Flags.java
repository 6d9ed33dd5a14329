package dev.aicore.discovery.server;

import dev.aicore.discovery.config.settings.Settings;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The flags that people type, as options that name settings. Options that do so already are passed on; they are checked later. */
final class Flags {

    private static final Map<String, String> SETTINGS = new TreeMap<>(Map.of(
            "--port", "server.port",
            "--host", "server.host",
            "--data-dir", "data-dir",
            "--config", "config-file",
            "--target", "target",
            "--environment", "environment",
            "--log-level", "monitoring.logging.level",
            "--database-url", "database.postgres.url",
            "--redis-url", "database.redis.url"));

    private static final String DEBUG = "--debug";

    private final List<String> options = new ArrayList<>();

    private Flags() {}

    /** A flag that there isn't, or one without its value; the message is the line to show. */
    static final class Misuse extends IllegalArgumentException {
        private Misuse(String line) {
            super(line);
        }
    }

    /**
     * Of the same meaning; of a flag that is given twice the last one counts.
     *
     * @throws Misuse if there is no such flag, or its value is missing
     */
    static List<String> options(List<String> arguments) {
        var flags = new Flags();
        var rest = arguments.iterator();
        while (rest.hasNext()) {
            var argument = rest.next();
            int equals = argument.indexOf('=');
            var name = equals < 0 ? argument : argument.substring(0, equals);
            if (SETTINGS.containsKey(name)) {
                var value = equals >= 0 ? argument.substring(equals + 1) : rest.hasNext() ? rest.next() : null;
                flags.set(name, value);
            } else if (argument.equals(DEBUG)) {
                flags.put(SETTINGS.getOrDefault("--log-level", ""), "debug");
            } else if (name.startsWith("--") && name.indexOf('.') > 0) {
                flags.options.add(argument);
            } else {
                throw new Misuse(
                        "'" + argument + "' is no flag, expected one of " + String.join(", ", SETTINGS.keySet()) + ", "
                                + DEBUG + " or --" + Settings.PREFIX + "KEY=VALUE");
            }
        }
        return List.copyOf(flags.options);
    }

    private void set(String name, @Nullable String value) {
        if (value == null || value.isBlank()) {
            throw new Misuse(name + " is missing its value");
        }
        put(SETTINGS.getOrDefault(name, ""), value);
    }

    /** The framework would join two of the same name by a comma. */
    private void put(String key, String value) {
        var option = "--" + Settings.PREFIX + key + "=";
        options.removeIf(earlier -> earlier.startsWith(option));
        options.add(option + value);
    }
}
