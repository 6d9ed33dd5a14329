package dev.aicore.discovery.projection.instance;

import java.util.Locale;

/** How an instance left the registry. */
enum DepartureType {
    /** By expiry: a heartbeat may bring it back. */
    REMOVED,
    /** By somebody's wish. */
    DEREGISTERED;

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    static DepartureType of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }
}
