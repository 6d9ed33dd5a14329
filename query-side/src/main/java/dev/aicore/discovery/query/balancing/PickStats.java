package dev.aicore.discovery.query.balancing;

import dev.aicore.discovery.api.balancing.PickStatsView;
import dev.aicore.discovery.api.balancing.PickStatsView.OfInstance;
import dev.aicore.discovery.query.balancing.PickBatch.Count;
import dev.aicore.discovery.query.balancing.PickStatsReader.Written;
import dev.aicore.discovery.query.database.Marked;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** A service's picks of all nodes: what they wrote down, and what this one hasn't yet. */
final class PickStats {

    private final PickStatsReader reader;
    private final Picks picks;

    PickStats(PickStatsReader reader, Picks picks) {
        this.reader = reader;
        this.picks = picks;
    }

    /** The statistics when subscribed to; this node's own picks until then are in it. Fails with {@code store_unavailable}. */
    Mono<Marked<PickStatsView>> of(String service) {
        return Mono.defer(() -> {
            // Before the read: what is written down meanwhile is known by the number of its batch.
            var unwritten = picks.unwritten(service);
            return reader.ofService(service).map(found -> {
                var written = found.rows();
                picks.reset(service, written.reset());
                return found.map(_ -> view(service, written, own(unwritten, written)));
            });
        });
    }

    private static List<Count> own(List<PickBatch> unwritten, Written written) {
        return unwritten.stream()
                .filter(batch -> batch.number() > written.written())
                .flatMap(batch -> batch.counts().stream())
                .filter(count -> count.since() >= written.reset())
                .toList();
    }

    static PickStatsView view(String service, Written written, List<Count> own) {
        var strategies = new TreeMap<String, Long>();
        var instances = new TreeMap<String, OfInstance>();
        for (var row : written.rows()) {
            instances.putIfAbsent(
                    row.id(),
                    new OfInstance(row.id(), 0, Map.of(), row.breaker(), row.connections(), row.connectionsAt()));
            if (row.strategy() != null) {
                add(row.id(), row.strategy(), row.picks(), strategies, instances);
            }
        }
        for (var count : own) {
            add(count.key().instance(), count.key().strategy(), count.picks(), strategies, instances);
        }
        instances.remove(PickBatch.TOGETHER);
        return new PickStatsView(
                service,
                since(written.since(), own),
                strategies.values().stream().mapToLong(Long::longValue).sum(),
                strategies,
                List.copyOf(instances.values()));
    }

    private static void add(
            String id, String strategy, long picks, Map<String, Long> strategies, Map<String, OfInstance> instances) {
        strategies.merge(strategy, picks, Long::sum);
        var before = instances.getOrDefault(id, new OfInstance(id, 0, Map.of(), null, null, null));
        var ofInstance = new TreeMap<>(before.strategies());
        ofInstance.merge(strategy, picks, Long::sum);
        instances.put(
                id,
                new OfInstance(
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
