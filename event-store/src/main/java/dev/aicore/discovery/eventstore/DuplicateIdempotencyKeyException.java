package dev.aicore.discovery.eventstore;

/**
 * Signals that the store already has one of the idempotency keys of a unit of work, so nothing of the unit was
 * appended. A lookup of the key finds the earlier write.
 */
public final class DuplicateIdempotencyKeyException extends RuntimeException {
    public DuplicateIdempotencyKeyException(Throwable cause) {
        super("The store contains one of these idempotency keys already.", cause);
    }
}
