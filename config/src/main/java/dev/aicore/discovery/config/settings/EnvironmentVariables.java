package dev.aicore.discovery.config.settings;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.origin.Origin;
import org.springframework.boot.origin.OriginTrackedValue;
import org.springframework.core.env.EnumerablePropertySource;

/**
 * Maps environment variables to properties. An empty variable counts as not set. A short name with the suffix
 * {@code _FILE} names a file that contains the value, so that mounted secrets need not be passed in variables.
 */
final class EnvironmentVariables {

    private static final String PREFIX = "SERVICE_DISCOVERY__";

    /** Short names that hosting platforms and the documentation use. */
    private static final Map<String, String> SHORT_NAMES = Map.of(
            "DATABASE_URL", "database.postgres.url",
            "REDIS_URL", "database.redis.url",
            "JWT_SECRET", "auth.jwt.secret");

    /**
     * Log level variable of Rust programs, supported for users who keep it. It may also contain filters, which are
     * ignored.
     */
    private static final String FOREIGN_LEVEL = "RUST_LOG";

    private final EnumerablePropertySource<?> variables;
    private final SettingNames known;
    private final SettingProblemListener problems;
    private final Map<String, Object> properties = new LinkedHashMap<>();

    private EnvironmentVariables(
            EnumerablePropertySource<?> variables, SettingNames known, SettingProblemListener problems) {
        this.variables = variables;
        this.known = known;
        this.problems = problems;
    }

    /**
     * Returns the properties of all variables. Reports to {@code problems} a variable with the registry's prefix that
     * names no known key, and a {@code _FILE} variable whose file can't be read or whose short name also has a value.
     */
    static Map<String, Object> properties(
            EnumerablePropertySource<?> variables, SettingNames known, SettingProblemListener problems) {
        var reading = new EnvironmentVariables(variables, known, problems);
        reading.read();
        return reading.properties;
    }

    private void read() {
        Object level = variables.getProperty(FOREIGN_LEVEL);
        if (level != null && LoggingSettings.LEVELS.contains(level.toString())) {
            put("monitoring.logging.level", level, FOREIGN_LEVEL);
        }
        SHORT_NAMES.forEach(this::readShort);
        for (String name : variables.getPropertyNames()) {
            if (name.startsWith(PREFIX)) {
                readFull(name);
            }
        }
    }

    private void readFull(String name) {
        String key = SettingNames.canonical(name.substring(PREFIX.length()).replace("__", "."));
        if (known.accepts(key) || SettingsEnvironmentPostProcessor.CONFIG_FILE.equals(SettingsBinder.PREFIX + key)) {
            put(key, variables.getProperty(name), name);
        } else {
            problems.add(InvalidSettingException.unknown(
                    SettingNames.toFileNotation(key), "variable " + name, known.nearest(key)));
        }
    }

    private void readShort(String name, String key) {
        Object value = variables.getProperty(name);
        String fileName = name + "_FILE";
        Object file = variables.getProperty(fileName);
        if (file == null || file.toString().isBlank()) {
            put(key, value, name);
        } else if (value != null && !value.toString().isBlank()) {
            problems.add(InvalidSettingException.of(fileName, file, "no value, because " + name + " is set"));
        } else {
            try {
                put(key, Files.readString(Path.of(file.toString())).strip(), fileName);
            } catch (IOException | InvalidPathException unreadable) {
                problems.add(InvalidSettingException.of(fileName, file, "a readable file with the value"));
            }
        }
    }

    private void put(String key, @Nullable Object value, String name) {
        if (value != null && !value.toString().isBlank()) {
            properties.put(SettingsBinder.PREFIX + key, OriginTrackedValue.of(value, new Variable(name)));
        }
    }

    /** Origin of a value. */
    private record Variable(String name) implements Origin {
        @Override
        public String toString() {
            return "variable " + name;
        }
    }
}
