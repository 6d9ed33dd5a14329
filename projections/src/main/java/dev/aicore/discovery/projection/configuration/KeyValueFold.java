package dev.aicore.discovery.projection.configuration;

import dev.aicore.discovery.api.configuration.KeyValueFact;
import dev.aicore.discovery.api.configuration.KeyValueFact.KeyValueDeleted;
import dev.aicore.discovery.api.configuration.KeyValueFact.KeyValueStored;
import dev.aicore.discovery.projection.processing.BatchFold;
import dev.aicore.discovery.projection.processing.RecordedFact;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Folds a batch of changes of keys in memory, starting at the current value of each key, and writes the result with one
 * statement for the values that end and one for those that begin.
 */
final class KeyValueFold implements BatchFold {

    private final KeyValueRows rows;

    KeyValueFold(KeyValueRows rows) {
        this.rows = rows;
    }

    /**
     * Value of a key from a position on.
     *
     * @param created position at which the key was created; that of the deletion if it was deleted
     * @param version version of the value, or of the deleted one
     * @param value bytes in Base64; null if the key was deleted
     */
    record KeyVersion(
            String key,
            long position,
            long created,
            int version,
            long flags,
            @Nullable String value) {

        boolean isDeleted() {
            return value == null;
        }
    }

    /**
     * Value and its successor.
     *
     * @param first true if it is the key's first value of the batch, so that it ends the stored one
     * @param nextPosition null if the value is still current
     */
    record KeySpan(
            KeyVersion version, boolean first, @Nullable Long nextPosition) {}

    @Override
    public void fold(Connection connection, List<RecordedFact> facts) throws SQLException {
        var keys = new TreeSet<String>();
        for (var recordedFact : facts) {
            if (recordedFact.fact() instanceof KeyValueFact fact) {
                keys.add(fact.key());
            }
        }
        if (keys.isEmpty()) {
            return;
        }
        var begun = newSpans(facts, rows.present(connection, keys));
        if (!begun.isEmpty()) {
            // The same order in all folds, so that segments can't deadlock.
            rows.close(
                    connection,
                    begun.stream().filter(KeySpan::first).map(KeySpan::version).toList());
            rows.insert(connection, begun);
        }
    }

    /** Returns the new values in the order of key and position, each with its successor in the batch. */
    private static List<KeySpan> newSpans(List<RecordedFact> facts, Map<String, KeyVersion> present) {
        var now = new TreeMap<String, KeyVersion>(present);
        var byKey = new TreeMap<String, List<KeyVersion>>();
        for (var recordedFact : facts) {
            if (!(recordedFact.fact() instanceof KeyValueFact fact)) {
                continue;
            }
            var before = now.get(fact.key());
            if (before != null && before.position() >= recordedFact.position()) {
                continue; // already folded
            }
            var after = after(before, fact, recordedFact.position());
            now.put(fact.key(), after);
            byKey.computeIfAbsent(fact.key(), _ -> new ArrayList<>()).add(after);
        }
        var spans = new ArrayList<KeySpan>();
        byKey.values().forEach(versions -> {
            for (int i = 0; i < versions.size(); i++) {
                Long next = i + 1 < versions.size()
                        ? Long.valueOf(versions.get(i + 1).position())
                        : null;
                spans.add(new KeySpan(versions.get(i), i == 0, next));
            }
        });
        return spans;
    }

    private static KeyVersion after(@Nullable KeyVersion before, KeyValueFact fact, long position) {
        int present = before == null || before.isDeleted() ? 0 : before.version();
        return switch (fact) {
            case KeyValueStored stored -> {
                requireFollows(stored.replaced(), present, fact, position);
                long created = before == null || present == 0 ? position : before.created();
                yield new KeyVersion(stored.key(), position, created, stored.version(), stored.flags(), stored.value());
            }
            case KeyValueDeleted deleted -> {
                requireFollows(deleted.version(), present, fact, position);
                yield new KeyVersion(deleted.key(), position, position, deleted.version(), 0, null);
            }
        };
    }

    /** Fails if the fact can't follow the current value: continuing would mean guessing. */
    private static void requireFollows(int expected, int present, KeyValueFact fact, long position) {
        if (expected != present) {
            throw new IllegalStateException("The fact at position " + position + " about the key '" + fact.key()
                    + "' follows version " + expected + ", but the key has version " + present + ".");
        }
    }
}
