package dev.aicore.discovery.api.instance;

import java.util.Locale;

/** Admin state: declared by the owner or an operator of an instance. */
public enum AdminState {
    ACTIVE,
    /** Temporarily out of service: listed, never discovered. */
    MAINTENANCE,
    /** Finishes running work and accepts no new work: listed, never discovered. */
    DRAINING;

    /** Returns the name in JSON and SQL. */
    public String jsonName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * Parses a name that {@link #jsonName()} returned.
     *
     * @throws IllegalArgumentException if no constant has this name
     */
    public static AdminState of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }
}
