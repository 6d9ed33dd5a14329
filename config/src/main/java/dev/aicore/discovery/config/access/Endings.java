package dev.aicore.discovery.config.access;

import dev.aicore.discovery.api.access.KeyIssued;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;

/** Keys by when they end by themselves: of those that have, the last ones are kept. */
final class Endings {

    private static final Comparator<Ending> BY_END =
            Comparator.comparing(Ending::at).thenComparing(Ending::keyId);

    private record Ending(Instant at, String keyId) {}

    private final int kept;
    private final NavigableSet<Ending> ahead = new TreeSet<>(BY_END);
    private final NavigableSet<Ending> past = new TreeSet<>(BY_END);

    /** @param kept so many that have ended */
    Endings(int kept) {
        this.kept = kept;
    }

    /** One that may end. */
    void add(KeyIssued key) {
        var end = key.expiresAt();
        if (end != null) {
            ahead.add(new Ending(end, key.keyId()));
        }
    }

    /** One that has gone otherwise. */
    void remove(KeyIssued key) {
        var end = key.expiresAt();
        if (end != null) {
            var ending = new Ending(end, key.keyId());
            ahead.remove(ending);
            past.remove(ending);
        }
    }

    /** Those that have ended longer ago than all that are kept; told once. */
    List<String> beyond(Instant now) {
        while (!ahead.isEmpty() && !ahead.first().at().isAfter(now)) {
            past.add(ahead.removeFirst());
        }
        var gone = new ArrayList<String>();
        while (past.size() > kept) {
            gone.add(past.removeFirst().keyId());
        }
        return gone;
    }
}
