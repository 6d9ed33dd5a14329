package dev.aicore.discovery.server;

import dev.aicore.discovery.config.settings.SettingsBinder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Translates command-line flags to options that name settings. Options that name settings already are passed on; they
 * are validated later.
 */
final class CommandLineFlags {

    private static final Map<String, String> SETTINGS = new TreeMap<>(Map.ofEntries(
            Map.entry("--port", "server.port"),
            Map.entry("--dns-port", "dns.port"),
            Map.entry("--xds-port", "xds.port"),
            Map.entry("--host", "server.host"),
            Map.entry("--data-dir", "data-dir"),
            Map.entry("--config", "config-file"),
            Map.entry("--target", "target"),
            Map.entry("--environment", "environment"),
            Map.entry("--log-level", "monitoring.logging.level"),
            Map.entry("--database-url", "database.postgres.url"),
            Map.entry("--redis-url", "database.redis.url")));

    private static final String DEBUG = "--debug";

    private final List<String> options = new ArrayList<>();

    private CommandLineFlags() {}

    /** Thrown for an unknown flag, or a flag without its value; the message is the line to show. */
    static final class FlagUsageException extends IllegalArgumentException {
        private FlagUsageException(String line) {
            super(line);
        }
    }

    /**
     * Returns options of the same meaning; the last occurrence of a repeated flag counts.
     *
     * @throws FlagUsageException if a flag is unknown, or its value is missing
     */
    static List<String> options(List<String> arguments) {
        var commandLineFlags = new CommandLineFlags();
        var rest = arguments.iterator();
        while (rest.hasNext()) {
            var argument = rest.next();
            int equals = argument.indexOf('=');
            var name = equals < 0 ? argument : argument.substring(0, equals);
            if (SETTINGS.containsKey(name)) {
                var value = equals >= 0 ? argument.substring(equals + 1) : rest.hasNext() ? rest.next() : null;
                commandLineFlags.set(name, value);
            } else if (argument.equals(DEBUG)) {
                commandLineFlags.put(SETTINGS.getOrDefault("--log-level", ""), "debug");
            } else if (name.startsWith("--") && name.indexOf('.') > 0) {
                commandLineFlags.options.add(argument);
            } else {
                throw new FlagUsageException(
                        "'" + argument + "' is not a flag, expected one of " + String.join(", ", SETTINGS.keySet())
                                + ", " + DEBUG + " or --" + SettingsBinder.PREFIX + "KEY=VALUE");
            }
        }
        return List.copyOf(commandLineFlags.options);
    }

    private void set(String name, @Nullable String value) {
        if (value == null || value.isBlank()) {
            throw new FlagUsageException(name + " is missing its value");
        }
        put(SETTINGS.getOrDefault(name, ""), value);
    }

    /** Replaces earlier options of the same name: the framework would join their values by a comma. */
    private void put(String key, String value) {
        var option = "--" + SettingsBinder.PREFIX + key + "=";
        options.removeIf(earlier -> earlier.startsWith(option));
        options.add(option + value);
    }
}
