package dev.aicore.discovery.command.retention;

import dev.aicore.discovery.api.shard.ShardPartitioner;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Requests the checkpoints and snapshots that partitions need before they can be dropped; a shard without commands
 * would never make them on its own. The next run sees the results.
 */
final class CheckpointRequester {

    private static final Logger LOG = LoggerFactory.getLogger(CheckpointRequester.class);

    private final IntFunction<CompletableFuture<?>> checkpoint;
    private final Consumer<String> snapshot;
    private final Duration timeout;

    /**
     * Creates a requester.
     *
     * @param checkpoint requests a checkpoint of the shard with a number; completes when it is durable
     * @param snapshot schedules a snapshot of the shard with a name
     * @param patience timeout of one checkpoint
     */
    CheckpointRequester(IntFunction<CompletableFuture<?>> checkpoint, Consumer<String> snapshot, Duration patience) {
        this.checkpoint = checkpoint;
        this.snapshot = snapshot;
        this.timeout = patience;
    }

    /**
     * Requests everything that a plan needs, and returns descriptions of the requests. Waits for checkpoints, but not
     * for snapshots.
     */
    List<String> requestCheckpoints(RetentionPlan plan) throws InterruptedException {
        var requested = new ArrayList<String>();
        Map<Integer, CompletableFuture<?>> checkpoints = new LinkedHashMap<>();
        plan.checkpoints().stream()
                .filter(shard -> shard >= 0)
                .forEach(shard -> checkpoints.put(shard, checkpoint.apply(shard)));
        for (var taken : checkpoints.entrySet()) {
            await(ShardPartitioner.name(taken.getKey()), taken.getValue());
            requested.add("checkpoint of " + ShardPartitioner.name(taken.getKey()));
        }
        for (int shard : plan.snapshots()) {
            if (shard >= 0) {
                snapshot.accept(ShardPartitioner.name(shard));
                requested.add("snapshot of " + ShardPartitioner.name(shard));
            }
        }
        return requested;
    }

    private void await(String shard, CompletableFuture<?> taken) throws InterruptedException {
        try {
            taken.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            LOG.info("{} recorded no checkpoint; the next run requests one again: {}", shard, e.toString());
        }
    }
}
