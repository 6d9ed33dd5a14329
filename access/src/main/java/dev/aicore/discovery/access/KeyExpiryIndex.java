package dev.aicore.discovery.access;

import dev.aicore.discovery.api.access.KeyIssued;
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
    private final NavigableSet<KeyExpiry> ahead = new TreeSet<>(BY_END);
    private final NavigableSet<KeyExpiry> past = new TreeSet<>(BY_END);

    /**
     * Creates an empty index.
     *
     * @param kept maximum number of expired keys
     */
    KeyExpiryIndex(int kept) {
        this.maxPast = kept;
    }

    /** Adds a key; without effect if it never expires. */
    void add(KeyIssued key) {
        var end = key.expiresAt();
        if (end != null) {
            ahead.add(new KeyExpiry(end, key.keyId()));
        }
    }

    /** Removes a key that was revoked. */
    void remove(KeyIssued key) {
        var end = key.expiresAt();
        if (end != null) {
            var keyExpiry = new KeyExpiry(end, key.keyId());
            ahead.remove(keyExpiry);
            past.remove(keyExpiry);
        }
    }

    /** Removes and returns the ids of the keys that expired before all retained ones. */
    List<String> beyond(Instant now) {
        while (!ahead.isEmpty() && !ahead.first().at().isAfter(now)) {
            past.add(ahead.removeFirst());
        }
        var gone = new ArrayList<String>();
        while (past.size() > maxPast) {
            gone.add(past.removeFirst().keyId());
        }
        return gone;
    }
}
