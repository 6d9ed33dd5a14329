package dev.aicore.discovery.api.health;

import java.util.Locale;

/** State of the circuit breaker in front of an instance. */
public enum BreakerState {
    CLOSED,
    /** Too many calls failed or were slow: discovery sends no calls to the instance. */
    OPEN,
    /** Was open; a few trial calls are let through. */
    HALF_OPEN;

    /** Returns the name in JSON and SQL. */
    public String jsonName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * Parses a name that {@link #jsonName()} returned.
     *
     * @throws IllegalArgumentException if no constant has this name
     */
    public static BreakerState of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }
}
