package dev.aicore.discovery.projection.instance;

import static java.util.stream.Collectors.toSet;

import dev.aicore.discovery.api.InstanceFact;
import dev.aicore.discovery.api.shard.ShardPartitioner;
import dev.aicore.discovery.projection.instance.InstanceRows.Span;
import dev.aicore.discovery.projection.processing.BatchFold;
import dev.aicore.discovery.projection.processing.RecordedFact;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Folds a batch in memory, starting at the current versions, and writes the result with one statement per table. */
final class InstanceBatchFold implements BatchFold {

    private static final Comparator<Span> BY_KEY = Comparator.comparing(
                    (Span span) -> span.version().id())
            .thenComparingLong(span -> span.version().position());

    private final InstanceFold fold;
    private final InstanceRows rows;

    InstanceBatchFold(InstanceFold fold, InstanceRows rows) {
        this.fold = fold;
        this.rows = rows;
    }

    @Override
    public void fold(Connection connection, List<RecordedFact> facts) throws SQLException {
        var current = new TreeMap<>(
                rows.open(connection, facts.stream().map(RecordedFact::sequence).collect(toSet())));
        var ended = new ArrayList<Span>();
        var begun = new ArrayList<Span>();
        var touched = new HashSet<String>();
        for (var recordedFact : facts) {
            if (recordedFact.fact() instanceof InstanceFact fact) {
                var before = current.get(fact.id());
                if (before != null && before.position() >= recordedFact.position()) {
                    continue; // already folded
                }
                var after = fold.fold(
                        before,
                        fact,
                        ShardPartitioner.streamNumber(recordedFact.shard()),
                        recordedFact.position(),
                        recordedFact.at());
                if (before != null) {
                    (touched.contains(fact.id()) ? begun : ended).add(new Span(before, after));
                }
                touched.add(fact.id());
                current.put(fact.id(), after);
            }
        }
        write(connection, current, touched, ended, begun);
    }

    private void write(
            Connection connection,
            Map<String, VersionedInstance> current,
            Set<String> touched,
            List<Span> ended,
            List<Span> begun)
            throws SQLException {
        if (touched.isEmpty()) {
            return;
        }
        var now = current.values().stream()
                .filter(version -> touched.contains(version.id()))
                .toList();
        now.forEach(version -> begun.add(new Span(version, null)));
        // The same order in all folds, so that segments can't deadlock.
        ended.sort(BY_KEY);
        begun.sort(BY_KEY);
        write(connection, ended, rows::close);
        write(connection, begun, rows::insert);
        write(connection, filterByRemoved(now, true), rows::delete);
        write(connection, filterByRemoved(now, false), rows::upsert);
    }

    @FunctionalInterface
    private interface Statement<T> {
        void run(Connection connection, List<T> rows) throws SQLException;
    }

    /** Runs the statement unless there are no rows: an empty statement would still cost its round trip. */
    private static <T> void write(Connection connection, List<T> rows, Statement<T> statement) throws SQLException {
        if (!rows.isEmpty()) {
            statement.run(connection, rows);
        }
    }

    private static List<VersionedInstance> filterByRemoved(List<VersionedInstance> versions, boolean removed) {
        return versions.stream()
                .filter(version -> (version.gone() != null) == removed)
                .toList();
    }
}
