package dev.aicore.discovery.config.eventstore;

import java.time.Duration;
import java.util.Optional;

/** Looks up what was done under a key. A key that was kept for its time counts as never used, also while its row is still there. */
public final class StoredKeys {

    private final Reads reads;
    private final Duration retention;

    /**
     * Over the store's tables.
     *
     * @param retention how long a key is kept
     */
    public StoredKeys(Reads reads, Duration retention) {
        this.reads = reads;
        this.retention = retention;
    }

    /**
     * What was done under the key of that principal, whatever the request was. Blocks: call it on a virtual thread.
     *
     * @throws StoreUnavailableException if the database fails
     */
    public Optional<StoredKey> find(WriteKey key) {
        return reads.read(connection -> {
            var found = KeyRows.find(connection, key, retention);
            if (found.isPresent() && found.get().expired()) {
                KeyRows.deleteExpired(connection, key, retention);
                return Optional.empty();
            }
            return found.map(KeyRows.Found::stored);
        });
    }

    /**
     * Counts the keys of a principal whose rows are there, up to {@code max}. Blocks: call it on a virtual thread.
     *
     * @throws StoreUnavailableException if the database fails
     */
    public int count(String principal, int max) {
        return reads.read(connection -> KeyRows.count(connection, principal, max));
    }

    /**
     * Deletes at most so many rows that were kept for their time, and tells how many they were.
     *
     * @throws StoreUnavailableException if the database fails
     */
    int forget(int most) {
        return reads.read(connection -> KeyRows.deleteExpired(connection, retention, most));
    }
}
