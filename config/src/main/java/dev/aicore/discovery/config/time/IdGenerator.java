package dev.aicore.discovery.config.time;

import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;

/** Where new random ids come from. */
@FunctionalInterface
public interface IdGenerator {
    /** A new id, unique for all practical purposes. */
    UUID next();

    /** Version 4 UUIDs from a secure source, which is a file to read: not for event loops. */
    static IdGenerator random() {
        return UUID::randomUUID;
    }

    /** Begins at random and counts on: never blocks, and whoever sees one can guess the next. */
    static IdGenerator counted() {
        var first = UUID.randomUUID();
        long behindTheVariant = Long.MAX_VALUE >>> 1;
        var next = new AtomicLong(first.getLeastSignificantBits());
        return () ->
                new UUID(first.getMostSignificantBits(), (next.getAndIncrement() & behindTheVariant) | Long.MIN_VALUE);
    }
}
