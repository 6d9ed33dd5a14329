package dev.aicore.discovery.eventstore;

import java.time.Duration;
import java.util.Optional;

/** Looks up what was done under a key. A key that was kept for its time counts as never used, also while its row is still there. */
public final class IdempotencyStore {

    private final JdbcQueryRunner jdbcQueryRunner;
    private final Duration retention;

    /**
     * Over the store's tables.
     *
     * @param retention how long a key is kept
     */
    public IdempotencyStore(JdbcQueryRunner jdbcQueryRunner, Duration retention) {
        this.jdbcQueryRunner = jdbcQueryRunner;
        this.retention = retention;
    }

    /**
     * What was done under the key of that principal, whatever the request was. Blocks: call it on a virtual thread.
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
     * Counts the keys of a principal whose rows are there, up to {@code max}. Blocks: call it on a virtual thread.
     *
     * @throws StoreUnavailableException if the database fails
     */
    public int count(String principal, int max) {
        return jdbcQueryRunner.read(connection -> IdempotencyRows.count(connection, principal, max));
    }

    /**
     * Deletes at most so many rows that were kept for their time, and tells how many they were.
     *
     * @throws StoreUnavailableException if the database fails
     */
    int forget(int most) {
        return jdbcQueryRunner.read(connection -> IdempotencyRows.deleteExpired(connection, retention, most));
    }
}
