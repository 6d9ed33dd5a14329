package dev.aicore.discovery.access;

import dev.aicore.discovery.api.access.ApiKeyFact.KeyIssued;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;

/** Indexes keys by their expiry. Retains a bounded number of expired keys, the most recently expired ones. */
final class KeyExpiryIndex {

    private static final Comparator<KeyExpiry> BY_END =
            Comparator.comparing(KeyExpiry::at).thenComparing(KeyExpiry::keyId);

    private record KeyExpiry(Instant at, String keyId) {}

    private final int maxPast;
    private final NavigableSet<KeyExpiry> upcoming = new TreeSet<>(BY_END);
    private final NavigableSet<KeyExpiry> expired = new TreeSet<>(BY_END);

    /**
     * Creates an empty index.
     *
     * @param maxPast maximum number of expired keys
     */
    KeyExpiryIndex(int maxPast) {
        this.maxPast = maxPast;
    }

    /** Adds a key; without effect if it never expires. */
    void add(KeyIssued key) {
        var end = key.expiresAt();
        if (end != null) {
            upcoming.add(new KeyExpiry(end, key.keyId()));
        }
    }

    /** Removes a key that was revoked. */
    void remove(KeyIssued key) {
        var end = key.expiresAt();
        if (end != null) {
            var keyExpiry = new KeyExpiry(end, key.keyId());
            upcoming.remove(keyExpiry);
            expired.remove(keyExpiry);
        }
    }

    /** Removes and returns the ids of the keys that expired before all retained ones. */
    List<String> evictSurplus(Instant now) {
        while (!upcoming.isEmpty() && !upcoming.first().at().isAfter(now)) {
            expired.add(upcoming.removeFirst());
        }
        var evicted = new ArrayList<String>();
        while (expired.size() > maxPast) {
            evicted.add(expired.removeFirst().keyId());
        }
        return evicted;
    }
}
