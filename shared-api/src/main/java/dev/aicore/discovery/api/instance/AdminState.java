package dev.aicore.discovery.api.instance;

import java.util.Locale;

/** What its owner or an operator says an instance is there for. */
public enum AdminState {
    ACTIVE,
    /** Out of service for now: listed, never discovered. */
    MAINTENANCE,
    /** Finishes what it has begun and gets nothing new: listed, never discovered. */
    DRAINING;

    /** The name in JSON and SQL. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * The opposite of {@link #word()}.
     *
     * @throws IllegalArgumentException if there is none of that name
     */
    public static AdminState of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }
}
