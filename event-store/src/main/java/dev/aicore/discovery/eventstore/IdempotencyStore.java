package dev.aicore.discovery.eventstore;

import java.time.Duration;
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
}
