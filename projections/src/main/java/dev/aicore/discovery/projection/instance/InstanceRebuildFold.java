package dev.aicore.discovery.projection.instance;

import static java.util.stream.Collectors.toSet;

import dev.aicore.discovery.api.InstanceFact;
import dev.aicore.discovery.api.shard.ShardPartitioner;
import dev.aicore.discovery.config.settings.HeapShare;
import dev.aicore.discovery.projection.instance.InstanceRows.Span;
import dev.aicore.discovery.projection.processing.RebuildFold;
import dev.aicore.discovery.projection.processing.RecordedFact;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Writes each version once, when it has ended. Versions that are still current stay in memory until they must be
 * written. The table of current instances is created from the versions at the end.
 */
final class InstanceRebuildFold implements RebuildFold {

    /**
     * Maximum number of cached versions. Beyond it each version is written twice: as a current one, and when it ends.
     */
    private static final int MAX_CACHED = 200_000;

    /** Maximum size of the cached versions in bytes, limited by the heap. */
    private static final long MAX_BYTES =
            Math.min(128_000_000, HeapShare.ofPercent(10).toBytes());

    /** Estimated bytes of a version without its declaration. */
    private static final long OVERHEAD_BYTES = 512;

    private final InstanceFold fold;
    private final InstanceRows rows;

    /** Current versions, by instance id. */
    private final Map<String, VersionedInstance> open = new HashMap<>();

    /** Ids of cached versions that aren't written yet. */
    private final Set<String> unwritten = new HashSet<>();

    private long bytes;

    InstanceRebuildFold(InstanceFold fold, InstanceRows rows) {
        this.fold = fold;
        this.rows = rows;
    }

    @Override
    public Write accept(List<RecordedFact> facts) {
        var begun = new ArrayList<Span>();
        var ended = new ArrayList<Span>();
        for (var recordedFact : facts) {
            if (recordedFact.fact() instanceof InstanceFact fact) {
                var before = open.get(fact.id());
                var after = fold.fold(
                        before,
                        fact,
                        ShardPartitioner.streamNumber(recordedFact.shard()),
                        recordedFact.position(),
                        recordedFact.at());
                if (before != null) {
                    (unwritten.contains(fact.id()) ? begun : ended).add(new Span(before, after));
                }
                cache(after);
                unwritten.add(fact.id());
            }
        }
        return connection -> {
            rows.close(connection, ended);
            rows.copy(connection, begun);
        };
    }

    @Override
    public boolean isCached(List<RecordedFact> facts) {
        return facts.stream().allMatch(recordedFact -> open.containsKey(recordedFact.sequence()));
    }

    @Override
    public void read(Connection connection, List<RecordedFact> facts) throws SQLException {
        var unknown = facts.stream()
                .map(RecordedFact::sequence)
                .filter(id -> !open.containsKey(id))
                .collect(toSet());
        rows.open(connection, unknown).values().forEach(this::cache);
    }

    @Override
    public boolean isFull() {
        return open.size() >= MAX_CACHED || bytes >= MAX_BYTES;
    }

    @Override
    public Write flush() {
        var begun = open.values().stream()
                .filter(version -> unwritten.contains(version.id()))
                .map(version -> new Span(version, null))
                .toList();
        unwritten.clear();
        if (isFull()) {
            clearCache();
        }
        return connection -> rows.copy(connection, begun);
    }

    @Override
    public void clearCache() {
        open.clear();
        unwritten.clear();
        bytes = 0;
    }

    @Override
    public void end(Connection connection) throws SQLException {
        rows.replaceFromVersions(connection);
    }

    private void cache(VersionedInstance version) {
        var before = open.put(version.id(), version);
        bytes += bytes(version) - (before == null ? 0 : bytes(before));
    }

    private static long bytes(VersionedInstance version) {
        return OVERHEAD_BYTES + version.said().declaration().length();
    }
}
