package dev.aicore.discovery.query.discovery;

import dev.aicore.discovery.api.discovery.PickStatsView;
import dev.aicore.discovery.api.discovery.PickStatsView.InstancePicks;
import dev.aicore.discovery.query.discovery.PickStatsReader.StoredPicks;
import dev.aicore.discovery.readmodel.database.PositionedResult;
import dev.aicore.discovery.readmodel.discovery.PickBatch;
import dev.aicore.discovery.readmodel.discovery.PickBatch.Count;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** Combines the persisted picks of all nodes with the picks that this node hasn't persisted yet. */
final class PickStatsService {

    private final PickStatsReader reader;
    private final PickCounter pickCounter;

    PickStatsService(PickStatsReader reader, PickCounter pickCounter) {
        this.reader = reader;
        this.pickCounter = pickCounter;
    }

    /**
     * Returns the statistics at the time of subscription, including this node's picks until then. Fails with
     * {@code store_unavailable}.
     */
    Mono<PositionedResult<PickStatsView>> of(String service) {
        return Mono.defer(() -> {
            // Taken before the read: a batch that is persisted in between is recognised by its number.
            var unwritten = pickCounter.unpersisted(service);
            return reader.ofService(service).map(result -> {
                var storedPicks = result.rows();
                pickCounter.reset(service, storedPicks.reset());
                return result.map(_ -> view(service, storedPicks, unpersistedCounts(unwritten, storedPicks)));
            });
        });
    }

    private static List<Count> unpersistedCounts(List<PickBatch> unwritten, StoredPicks storedPicks) {
        return unwritten.stream()
                .filter(batch -> batch.number() > storedPicks.written())
                .flatMap(batch -> batch.counts().stream())
                .filter(count -> count.since() >= storedPicks.reset())
                .toList();
    }

    static PickStatsView view(String service, StoredPicks storedPicks, List<Count> own) {
        var strategies = new TreeMap<String, Long>();
        var instances = new TreeMap<String, InstancePicks>();
        for (var row : storedPicks.rows()) {
            instances.putIfAbsent(
                    row.id(),
                    new InstancePicks(row.id(), 0, Map.of(), row.breaker(), row.connections(), row.connectionsAt()));
            if (row.strategy() != null) {
                add(row.id(), row.strategy(), row.picks(), strategies, instances);
            }
        }
        for (var count : own) {
            add(count.key().instance(), count.key().strategy(), count.picks(), strategies, instances);
        }
        instances.remove(PickBatch.UNATTRIBUTED);
        return new PickStatsView(
                service,
                since(storedPicks.since(), own),
                strategies.values().stream().mapToLong(Long::longValue).sum(),
                strategies,
                List.copyOf(instances.values()));
    }

    private static void add(
            String id,
            String strategy,
            long picks,
            Map<String, Long> strategies,
            Map<String, InstancePicks> instances) {
        strategies.merge(strategy, picks, Long::sum);
        var before = instances.getOrDefault(id, new InstancePicks(id, 0, Map.of(), null, null, null));
        var ofInstance = new TreeMap<>(before.strategies());
        ofInstance.merge(strategy, picks, Long::sum);
        instances.put(
                id,
                new InstancePicks(
                        id,
                        before.picks() + picks,
                        ofInstance,
                        before.breaker(),
                        before.activeConnections(),
                        before.connectionsAt()));
    }

    private static @Nullable Instant since(@Nullable Instant written, List<Count> own) {
        return written != null
                ? written
                : own.stream().map(Count::begun).min(Instant::compareTo).orElse(null);
    }
}
