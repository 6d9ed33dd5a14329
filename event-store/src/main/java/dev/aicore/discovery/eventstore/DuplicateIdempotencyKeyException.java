package dev.aicore.discovery.eventstore;

/** A write was done under one of the unit's keys already, so nothing of the unit was appended. Whoever looks the key up finds it. */
public final class DuplicateIdempotencyKeyException extends RuntimeException {
    public DuplicateIdempotencyKeyException(Throwable cause) {
        super("The store holds one of these keys already.", cause);
    }
}
