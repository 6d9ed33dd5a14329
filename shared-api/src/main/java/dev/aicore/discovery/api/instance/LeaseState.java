package dev.aicore.discovery.api.instance;

import java.util.Locale;

/** How the lease of a present instance stands. */
public enum LeaseState {
    /** Renewed in time, or without a lease. */
    LIVE,
    /** Silent for its whole lease, and held back: too many of its service fell silent at once. */
    OVERDUE,
    /** Silent for its whole lease, and removed soon unless it is heard again. */
    EXPIRED;

    /** The name in JSON and SQL. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * The opposite of {@link #word()}.
     *
     * @throws IllegalArgumentException if there is none of that name
     */
    public static LeaseState of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }
}
