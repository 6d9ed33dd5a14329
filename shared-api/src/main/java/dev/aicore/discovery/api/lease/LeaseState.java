package dev.aicore.discovery.api.lease;

import java.util.Locale;

/** State of the lease of a present instance. */
public enum LeaseState {
    /** Renewed in time, or without a lease. */
    LIVE,
    /** Silent for its whole lease, but held back because too many instances of its service fell silent at once. */
    OVERDUE,
    /** Silent for its whole lease; removed after the grace period unless it is revived. */
    EXPIRED;

    /** Returns the name in JSON and SQL. */
    public String jsonName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * Parses a name that {@link #jsonName()} returned.
     *
     * @throws IllegalArgumentException if no constant has this name
     */
    public static LeaseState of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }
}
