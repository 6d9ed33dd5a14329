package dev.aicore.discovery.eventstore;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Looks up the writes that were done with idempotency keys. A key older than the retention counts as never used, even
 * while its row still exists.
 */
public final class IdempotencyStore {

    private final JdbcQueryRunner jdbcQueryRunner;
    private final Duration retention;

    /**
     * Creates a store over the tables of the event store.
     *
     * @param retention time for which a key is kept
     */
    public IdempotencyStore(JdbcQueryRunner jdbcQueryRunner, Duration retention) {
        this.jdbcQueryRunner = jdbcQueryRunner;
        this.retention = retention;
    }

    /**
     * Returns the write that was done with a principal's key, whatever its request hash. Deletes the key if it has
     * expired. Blocks: call it on a virtual thread.
     *
     * @throws StoreUnavailableException if the database fails
     */
    public Optional<IdempotencyRecord> find(IdempotencyKey key) {
        return jdbcQueryRunner.read(connection -> {
            var found = IdempotencyRows.find(connection, key, retention);
            if (found.isPresent() && found.get().expired()) {
                IdempotencyRows.deleteExpired(connection, key, retention);
                return Optional.empty();
            }
            return found.map(IdempotencyRows.LookupResult::stored);
        });
    }

    /**
     * Counts the stored keys of a principal, up to {@code max}. Includes expired keys that aren't deleted yet. Blocks:
     * call it on a virtual thread.
     *
     * @throws StoreUnavailableException if the database fails
     */
    public int count(String principal, int max) {
        return jdbcQueryRunner.read(connection -> IdempotencyRows.count(connection, principal, max));
    }

    /**
     * Deletes at most {@code most} expired keys. Returns the number of deleted keys.
     *
     * @throws StoreUnavailableException if the database fails
     */
    int deleteExpired(int max) {
        return jdbcQueryRunner.read(connection -> IdempotencyRows.deleteExpired(connection, retention, max));
    }

    /**
     * Name that a caller gives one write, so that the write is done once, however often it is sent.
     *
     * @param principal owner of the key; the same key of another principal is another key
     * @param key 1 to 255 printable ASCII characters
     * @param requestHash hash that distinguishes this request from any other, as lower-case hexadecimal
     */
    public record IdempotencyKey(String principal, String key, String requestHash) {}

    /**
     * Idempotency key of a write that was done.
     *
     * @param requestHash hash of the write's request, as lower-case hexadecimal
     * @param position position of the write's event
     * @param outcome outcome that was appended with the key
     * @param recordedAt time at which the store recorded event and key
     */
    public record IdempotencyRecord(String requestHash, long position, String outcome, Instant recordedAt) {}

    /**
     * Idempotency key to be stored with the event of its write. Both become durable, or neither.
     *
     * @param event index of the event, among those of the unit of work, that states that the write was done, from 0
     * @param outcome reply to a repetition of the write; opaque to the store
     */
    public record NewIdempotencyRecord(IdempotencyKey key, int event, String outcome) {}

    /**
     * Signals that the store already has one of the idempotency keys of a unit of work, so nothing of the unit was
     * appended. A lookup of the key finds the earlier write.
     */
    public static final class DuplicateIdempotencyKeyException extends RuntimeException {
        public DuplicateIdempotencyKeyException(Throwable cause) {
            super("The store contains one of these idempotency keys already.", cause);
        }
    }
}
