package dev.aicore.discovery.command.collector;

import dev.aicore.discovery.api.error.ErrorCode;
import dev.aicore.discovery.api.error.RegistryException;
import dev.aicore.discovery.api.shard.DecideBatch;
import dev.aicore.discovery.api.shard.ExpireLeases;
import dev.aicore.discovery.api.shard.Item;
import dev.aicore.discovery.api.shard.RegisterInstance;
import dev.aicore.discovery.api.shard.RestoreService;
import dev.aicore.discovery.api.shard.Shards;
import dev.aicore.discovery.command.collector.BatchQueue.Waiting;
import dev.aicore.discovery.config.axon.AggregateLoadException;
import dev.aicore.discovery.config.eventstore.WriteKey;
import dev.aicore.discovery.config.settings.ShardLoadSettings;
import dev.aicore.discovery.config.settings.WriteSettings;
import dev.aicore.discovery.config.time.TimeSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Gathers all that concerns one shard into batches, one of which is under way at a time: what arrives meanwhile is the next one. So a shard
 * decides in the order of arrival, and the busier it is the less each request costs. Only a batch that nobody waits for lingers.
 */
final class Collector implements Runnable {

    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

    private final int shard;
    private final String name;
    private final ShardDispatch dispatch;
    private final LeaseClock clock;
    private final LeaseTable leases;
    private final Followers followers;
    private final ShardLoading loading;
    private final BatchQueue queue;
    private long lastPosition;
    private long lostAt = Long.MIN_VALUE;

    Collector(
            int shard,
            WriteSettings settings,
            ShardLoadSettings loading,
            ShardDispatch dispatch,
            LeaseClock clock,
            TimeSource time,
            LeaseTable leases,
            Followers followers,
            QueuedBytes queued) {
        this.shard = shard;
        this.name = Shards.name(shard);
        this.dispatch = dispatch;
        this.clock = clock;
        this.leases = leases;
        this.followers = followers;
        this.queue = new BatchQueue(name, settings, time, queued);
        this.loading = new ShardLoading(name, loading, time);
    }

    /** Never blocks. The reply fails with a {@link RegistryException} if the item is refused a place or its fate is unknown. */
    CompletableFuture<Reply> submit(Item item) {
        return submit(item, null);
    }

    /** The same, of a write that is to be done once under its key; the key is not known to be unused. */
    CompletableFuture<Reply> submit(Item item, @Nullable WriteKey key) {
        var failed = loading.refusal(item);
        if (failed != null) {
            release(item);
            // Nothing that was heard counts while it is failed: all of it is owed a grace.
            followers.lost(shard, List.of(item));
            return CompletableFuture.failedFuture(failed);
        }
        try {
            return queue.add(item, key);
        } catch (RegistryException refused) {
            release(item);
            return CompletableFuture.failedFuture(refused);
        }
    }

    @Override
    public void run() {
        var batch = new ArrayList<Waiting>();
        while (queue.take(batch)) {
            batch.removeIf(this::refuseIfOutdated);
            if (!batch.isEmpty()) {
                decide(batch);
            }
            batch.clear();
        }
    }

    /** Takes no more; what waits is still decided. */
    void close() {
        queue.close();
    }

    @Override
    public String toString() {
        return name;
    }

    /** Returns what is known of the shard's loading. */
    ShardLoading loading() {
        return loading;
    }

    /** Refuses a proposal that goes by a silence in which something may have been heard, and lost; followers know of that loss. */
    private boolean refuseIfOutdated(Waiting waiting) {
        boolean outdated = waiting.item() instanceof ExpireLeases proposal && proposal.proposedAt() <= lostAt;
        if (outdated) {
            waiting.reply()
                    .completeExceptionally(new RegistryException(
                            ErrorCode.STORE_UNAVAILABLE, "It was proposed before a batch was lost."));
        }
        return outdated;
    }

    private void decide(List<Waiting> batch) {
        refuseWhileFailed(batch);
        if (!batch.isEmpty()) {
            decideLoaded(batch);
        }
    }

    /** Refuses what waited while the shard couldn't be loaded. */
    private void refuseWhileFailed(List<Waiting> batch) {
        batch.removeIf(waiting -> {
            var failed = loading.refusal(waiting.item());
            if (failed != null) {
                followers.lost(shard, List.of(waiting.item()));
                fail(waiting, failed);
            }
            return failed != null;
        });
    }

    private void decideLoaded(List<Waiting> batch) {
        var items = new ArrayList<Item>(batch.size());
        for (var waiting : batch) {
            items.add(waiting.item());
        }
        var decidedAt = clock.now();
        Verdict verdict;
        try {
            verdict = dispatch(
                    new DecideBatch(
                            name, decidedAt, items, leases.listening(shard).known()),
                    keysOf(batch));
        } catch (RuntimeException e) {
            if (Failures.isTakenKey(e)) {
                decideWithoutKeyed(batch);
                return;
            }
            var load = AggregateLoadException.in(e);
            lose(batch, items, load == null ? Failures.explain(e) : loading.failed(load));
            return;
        }
        loading.loaded();
        if (verdict.events() > 0) {
            lastPosition = verdict.firstPosition() + verdict.events() - 1;
        }
        for (int i = 0; i < batch.size(); i++) {
            var settled = verdict.settled().get(i);
            leases.note(shard, settled.outcome());
            release(items.get(i));
            followers.decided(shard, items.get(i), settled.outcome());
            batch.get(i)
                    .reply()
                    .complete(new Reply(
                            settled.outcome(),
                            settled.event() < 0 ? lastPosition : verdict.firstPosition() + settled.event(),
                            decidedAt,
                            settled.event() < 0 ? null : verdict.recordedAt()));
        }
    }

    private void lose(List<Waiting> batch, List<Item> items, RegistryException failure) {
        followers.lost(shard, items);
        lostAt = clock.millis();
        batch.forEach(waiting -> fail(waiting, failure));
    }

    private void fail(Waiting waiting, RegistryException failure) {
        release(waiting.item());
        waiting.reply().completeExceptionally(failure);
    }

    /** What was held for an item, which is answered now. */
    private void release(Item item) {
        if (item instanceof RegisterInstance answered) {
            leases.release(shard, answered.id());
        } else if (item instanceof RestoreService answered) {
            answered.steps().stream().flatMap(step -> step.changes().stream()).forEach(this::release);
        }
    }

    private Verdict dispatch(DecideBatch batch, List<@Nullable WriteKey> keys) {
        try {
            return dispatch.decide(batch, keys);
        } finally {
            queue.decided(batch.items().size());
        }
    }

    /** Empty for most batches: keys are rare. */
    private static List<@Nullable WriteKey> keysOf(List<Waiting> batch) {
        boolean keyed = false;
        for (var waiting : batch) {
            keyed |= waiting.key() != null;
        }
        if (!keyed) {
            return List.of();
        }
        var keys = new ArrayList<@Nullable WriteKey>(batch.size());
        batch.forEach(waiting -> keys.add(waiting.key()));
        return keys;
    }

    /**
     * A key was taken after it was looked up: by a request whose append was believed lost with its connection, and wasn't. Nothing of
     * the batch was done, and the others needn't suffer. Sent again, that request finds its reply.
     */
    private void decideWithoutKeyed(List<Waiting> batch) {
        var others = new ArrayList<Waiting>(batch);
        others.removeIf(waiting -> waiting.key() != null);
        var failure = new RegistryException(
                ErrorCode.IDEMPOTENCY_KEY_IN_FLIGHT,
                "An earlier request with this idempotency key has just become durable. Send it again.",
                RETRY_AFTER);
        for (var waiting : batch) {
            if (waiting.key() != null) {
                fail(waiting, failure);
            }
        }
        if (!others.isEmpty()) {
            decide(others);
        }
    }
}
