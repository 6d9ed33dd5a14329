package dev.aicore.discovery.config.time;

import java.util.UUID;

/** Where new random ids come from. */
@FunctionalInterface
public interface Ids {
    /** A new id, unique for all practical purposes. */
    UUID next();

    /** Version 4 UUIDs from a secure source. */
    static Ids random() {
        return UUID::randomUUID;
    }
}
