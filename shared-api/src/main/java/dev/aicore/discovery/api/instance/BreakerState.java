package dev.aicore.discovery.api.instance;

import java.util.Locale;

/** The circuit breaker in front of an instance. */
public enum BreakerState {
    CLOSED,
    /** Too many calls failed: nobody is sent there. */
    OPEN,
    /** Was open; a few calls are let through to see. */
    HALF_OPEN;

    /** The name in JSON and SQL. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * The opposite of {@link #word()}.
     *
     * @throws IllegalArgumentException if there is none of that name
     */
    public static BreakerState of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }
}
