package dev.aicore.discovery.command.health;

import dev.aicore.discovery.api.health.FindMonitoredInstances;
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
    private static final long RETRY_NANOS = Duration.ofSeconds(1).toNanos();

    private final ShardQuery shardQuery;
    private final List<ShardQueue> shardQueues;

    MonitoringLookupQueue(int number, ShardQuery shardQuery) {
        this.shardQuery = shardQuery;
        this.shardQueues =
                IntStream.range(0, number).mapToObj(shard -> new ShardQueue()).toList();
    }

    private static final class ShardQueue {
        private final Set<String> ids = ConcurrentHashMap.newKeySet();
        private volatile boolean wholeShard;
        private volatile boolean inFlight;
        private volatile boolean failed;
        private volatile long failedAt;
    }

    void add(int shard, String id) {
        shardQueues.get(shard).ids.add(id);
    }

    /** Queues a query to each shard for all its instances. */
    void addEverything() {
        shardQueues.forEach(shard -> shard.wholeShard = true);
    }

    /** Sends the queued queries, at most one per shard at a time. Must be called by one thread only. */
    void sendQueries(long now) {
        for (int shard = 0; shard < shardQueues.size(); shard++) {
            var queue = shardQueues.get(shard);
            boolean waits = queue.failed && now - queue.failedAt < RETRY_NANOS;
            if (!queue.inFlight && !waits && (queue.wholeShard || !queue.ids.isEmpty())) {
                sendQueries(shard, queue, now);
            }
        }
    }

    /** Returns true if queries are queued. */
    boolean isOpen() {
        return shardQueues.stream().anyMatch(queue -> queue.wholeShard || !queue.ids.isEmpty());
    }

    private void sendQueries(int shard, ShardQueue queue, long now) {
        var ids = queue.wholeShard ? null : pollIds(queue);
        queue.wholeShard = false;
        queue.inFlight = true;
        var _ = shardQuery.find(shard, new FindMonitoredInstances(ids)).whenComplete((commandReply, failure) -> {
            if (failure != null) {
                requeue(queue, ids);
                queue.failedAt = now;
            }
            queue.failed = failure != null;
            queue.inFlight = false;
        });
    }

    private static List<String> pollIds(ShardQueue queue) {
        var taken = new ArrayList<String>();
        var each = queue.ids.iterator();
        while (each.hasNext() && taken.size() < MAX_BATCH_SIZE) {
            taken.add(each.next());
            each.remove();
        }
        return taken;
    }

    private static void requeue(ShardQueue queue, @Nullable List<String> ids) {
        if (ids == null) {
            queue.wholeShard = true;
        } else {
            queue.ids.addAll(ids);
        }
    }
}
