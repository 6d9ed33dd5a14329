package dev.aicore.discovery.access;

import dev.aicore.discovery.api.access.KeyIssued;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;

/** Keys by when they end by themselves: of those that have, the last ones are kept. */
final class KeyExpiryIndex {

    private static final Comparator<KeyExpiry> BY_END =
            Comparator.comparing(KeyExpiry::at).thenComparing(KeyExpiry::keyId);

    private record KeyExpiry(Instant at, String keyId) {}

    private final int maxPast;
    private final NavigableSet<KeyExpiry> ahead = new TreeSet<>(BY_END);
    private final NavigableSet<KeyExpiry> past = new TreeSet<>(BY_END);

    /** @param kept so many that have ended */
    KeyExpiryIndex(int kept) {
        this.maxPast = kept;
    }

    /** One that may end. */
    void add(KeyIssued key) {
        var end = key.expiresAt();
        if (end != null) {
            ahead.add(new KeyExpiry(end, key.keyId()));
        }
    }

    /** One that has gone otherwise. */
    void remove(KeyIssued key) {
        var end = key.expiresAt();
        if (end != null) {
            var keyExpiry = new KeyExpiry(end, key.keyId());
            ahead.remove(keyExpiry);
            past.remove(keyExpiry);
        }
    }

    /** Those that have ended longer ago than all that are kept; told once. */
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
