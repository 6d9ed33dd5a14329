package dev.aicore.discovery.api.health;

import java.util.Locale;

/** Health state of an instance, as checks and heartbeats report it. */
public enum HealthState {
    /** Registered with {@code initial_status: starting}; no result has confirmed its health yet. */
    STARTING,
    HEALTHY,
    UNHEALTHY;

    /** Returns the name in JSON and SQL. */
    public String jsonName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * Parses a name that {@link #jsonName()} returned.
     *
     * @throws IllegalArgumentException if no constant has this name
     */
    public static HealthState of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }
}
