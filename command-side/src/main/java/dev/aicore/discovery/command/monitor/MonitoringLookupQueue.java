package dev.aicore.discovery.command.monitor;

import dev.aicore.discovery.api.shard.FindMonitoredInstances;
import dev.aicore.discovery.command.batching.CommandReply;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Queues queries to the shards for the instances to check. The outcomes reach {@link TargetTracker} like all others. A
 * failed query is repeated.
 */
final class MonitoringLookupQueue {

    /** Sends a query to a shard. */
    @FunctionalInterface
    interface ShardQuery {
        CompletableFuture<CommandReply> find(int shard, FindMonitoredInstances command);
    }

    private static final int MAX_BATCH_SIZE = 1_000;
    private static final long AGAIN_NANOS = Duration.ofSeconds(1).toNanos();

    private final ShardQuery shardQuery;
    private final List<ShardQueue> all;

    MonitoringLookupQueue(int number, ShardQuery shardQuery) {
        this.shardQuery = shardQuery;
        this.all =
                IntStream.range(0, number).mapToObj(shard -> new ShardQueue()).toList();
    }

    private static final class ShardQueue {
        private final Set<String> ids = ConcurrentHashMap.newKeySet();
        private volatile boolean everything;
        private volatile boolean asked;
        private volatile boolean failed;
        private volatile long failedAt;
    }

    void add(int shard, String id) {
        all.get(shard).ids.add(id);
    }

    /** Queues a query to each shard for all its instances. */
    void addEverything() {
        all.forEach(shard -> shard.everything = true);
    }

    /** Sends the queued queries, at most one per shard at a time. Must be called by one thread only. */
    void ask(long now) {
        for (int shard = 0; shard < all.size(); shard++) {
            var of = all.get(shard);
            boolean waits = of.failed && now - of.failedAt < AGAIN_NANOS;
            if (!of.asked && !waits && (of.everything || !of.ids.isEmpty())) {
                ask(shard, of, now);
            }
        }
    }

    /** Returns true if queries are queued. */
    boolean isOpen() {
        return all.stream().anyMatch(of -> of.everything || !of.ids.isEmpty());
    }

    private void ask(int shard, ShardQueue of, long now) {
        var ids = of.everything ? null : take(of);
        of.everything = false;
        of.asked = true;
        var _ = shardQuery.find(shard, new FindMonitoredInstances(ids)).whenComplete((commandReply, failure) -> {
            if (failure != null) {
                requeue(of, ids);
                of.failedAt = now;
            }
            of.failed = failure != null;
            of.asked = false;
        });
    }

    private static List<String> take(ShardQueue of) {
        var taken = new ArrayList<String>();
        var each = of.ids.iterator();
        while (each.hasNext() && taken.size() < MAX_BATCH_SIZE) {
            taken.add(each.next());
            each.remove();
        }
        return taken;
    }

    private static void requeue(ShardQueue of, @Nullable List<String> ids) {
        if (ids == null) {
            of.everything = true;
        } else {
            of.ids.addAll(ids);
        }
    }
}
