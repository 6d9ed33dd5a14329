package dev.aicore.discovery.projection.instance;

import java.util.Locale;

/** Way in which an instance left the registry. */
enum DepartureType {
    /** Removed after its lease expired: a heartbeat may revive it. */
    REMOVED,
    /** Deregistered on request. */
    DEREGISTERED;

    String sqlName() {
        return name().toLowerCase(Locale.ROOT);
    }

    static DepartureType of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }
}
