package dev.aicore.discovery.config.settings;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.core.env.EnumerablePropertySource;

/**
 * Environment variables as properties. An empty variable counts as one that isn't set. A short name with {@code _FILE} behind it
 * names a file that holds the value: secrets that are mounted needn't pass through variables.
 */
final class EnvironmentVariables {

    private static final String PREFIX = "SERVICE_DISCOVERY__";

    /** Names that hosting platforms and the documentation use. */
    private static final Map<String, String> SHORT_NAMES = Map.of(
            "DATABASE_URL", "database.postgres.url",
            "REDIS_URL", "database.redis.url",
            "JWT_SECRET", "auth.jwt.secret");

    private EnvironmentVariables() {}

    /** @throws InvalidSetting if a variable with our prefix names no known key */
    static Map<String, Object> properties(EnumerablePropertySource<?> variables, KnownKeys known) {
        Map<String, Object> properties = new LinkedHashMap<>();
        SHORT_NAMES.forEach((name, key) -> put(properties, key, valueOrFile(name, variables)));
        for (String name : variables.getPropertyNames()) {
            if (name.startsWith(PREFIX)) {
                put(properties, key(name, known), variables.getProperty(name));
            }
        }
        return properties;
    }

    private static String key(String name, KnownKeys known) {
        String key = KnownKeys.canonical(name.substring(PREFIX.length()).replace("__", "."));
        if (!known.contains(key) && !SettingsEnvironment.CONFIG_FILE.equals(Settings.PREFIX + key)) {
            throw InvalidSetting.unknown(KnownKeys.written(key), "variable " + name, known.nearest(key));
        }
        return key;
    }

    private static @Nullable Object valueOrFile(String name, EnumerablePropertySource<?> variables) {
        Object value = variables.getProperty(name);
        Object file = variables.getProperty(name + "_FILE");
        if (file == null || file.toString().isBlank()) {
            return value;
        }
        if (value != null && !value.toString().isBlank()) {
            throw InvalidSetting.of(name + "_FILE", file, "no value while " + name + " has one");
        }
        try {
            return Files.readString(Path.of(file.toString())).strip();
        } catch (IOException | InvalidPathException unreadable) {
            throw InvalidSetting.of(name + "_FILE", file, "a file that can be read and holds the value");
        }
    }

    private static void put(Map<String, Object> properties, String key, @Nullable Object value) {
        if (value != null && !value.toString().isBlank()) {
            properties.put(Settings.PREFIX + key, value);
        }
    }
}
