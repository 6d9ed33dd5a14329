package dev.aicore.discovery.config.time;

import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;

/** Generates random ids. */
@FunctionalInterface
public interface IdGenerator {
    /** Returns a new id, unique for all practical purposes. */
    UUID next();

    /**
     * Creates a generator of version 4 UUIDs from a secure source. The source is a file: don't use it on event loops.
     */
    static IdGenerator random() {
        return UUID::randomUUID;
    }

    /**
     * Creates a generator that starts at a random id and counts up. It never blocks, but a caller that has seen one id
     * can guess the next.
     */
    static IdGenerator counted() {
        var first = UUID.randomUUID();
        long behindTheVariant = Long.MAX_VALUE >>> 1;
        var next = new AtomicLong(first.getLeastSignificantBits());
        return () ->
                new UUID(first.getMostSignificantBits(), (next.getAndIncrement() & behindTheVariant) | Long.MIN_VALUE);
    }
}
