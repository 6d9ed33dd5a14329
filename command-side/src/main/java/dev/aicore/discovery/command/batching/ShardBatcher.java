package dev.aicore.discovery.command.batching;

import dev.aicore.discovery.api.error.ErrorCode;
import dev.aicore.discovery.api.error.RegistryException;
import dev.aicore.discovery.api.shard.DecideBatch;
import dev.aicore.discovery.api.shard.ExpireLeases;
import dev.aicore.discovery.api.shard.RegisterInstance;
import dev.aicore.discovery.api.shard.RestoreService;
import dev.aicore.discovery.api.shard.ShardCommand;
import dev.aicore.discovery.api.shard.ShardPartitioner;
import dev.aicore.discovery.command.batching.BatchQueue.QueuedCommand;
import dev.aicore.discovery.config.settings.ShardLoadSettings;
import dev.aicore.discovery.config.settings.WriteSettings;
import dev.aicore.discovery.config.time.TimeSource;
import dev.aicore.discovery.eventstore.IdempotencyKey;
import dev.aicore.discovery.eventstore.axon.AggregateLoadException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Gathers all that concerns one shard into batches, one of which is under way at a time: what arrives meanwhile is the next one. So a shard
 * decides in the order of arrival, and the busier it is the less each request costs. Only a batch that nobody waits for lingers.
 */
final class ShardBatcher implements Runnable {

    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

    private final int shard;
    private final String name;
    private final ShardDispatcher dispatcher;
    private final LeaseClock clock;
    private final LeaseIndex leases;
    private final OutcomePublisher outcomePublisher;
    private final ShardLoadState loading;
    private final BatchQueue queue;
    private long lastPosition;
    private long lostAt = Long.MIN_VALUE;

    ShardBatcher(
            int shard,
            WriteSettings settings,
            ShardLoadSettings loading,
            ShardDispatcher dispatcher,
            LeaseClock clock,
            TimeSource time,
            LeaseIndex leases,
            OutcomePublisher outcomePublisher,
            QueuedByteLimit queued) {
        this.shard = shard;
        this.name = ShardPartitioner.name(shard);
        this.dispatcher = dispatcher;
        this.clock = clock;
        this.leases = leases;
        this.outcomePublisher = outcomePublisher;
        this.queue = new BatchQueue(name, settings, time, queued);
        this.loading = new ShardLoadState(name, loading, time);
    }

    /** Never blocks. The reply fails with a {@link RegistryException} if the item is refused a place or its fate is unknown. */
    CompletableFuture<CommandReply> submit(ShardCommand command) {
        return submit(command, null);
    }

    /** The same, of a write that is to be done once under its key; the key is not known to be unused. */
    CompletableFuture<CommandReply> submit(ShardCommand command, @Nullable IdempotencyKey key) {
        var failed = loading.refusal(command);
        if (failed != null) {
            release(command);
            // Nothing that was heard counts while it is failed: all of it is owed a grace.
            outcomePublisher.publishLoss(shard, List.of(command));
            return CompletableFuture.failedFuture(failed);
        }
        try {
            return queue.add(command, key);
        } catch (RegistryException refused) {
            release(command);
            return CompletableFuture.failedFuture(refused);
        }
    }

    @Override
    public void run() {
        var batch = new ArrayList<QueuedCommand>();
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
    ShardLoadState loading() {
        return loading;
    }

    /** Refuses a proposal that goes by a silence in which something may have been heard, and lost; followers know of that loss. */
    private boolean refuseIfOutdated(QueuedCommand queuedCommand) {
        boolean outdated = queuedCommand.item() instanceof ExpireLeases proposal && proposal.proposedAt() <= lostAt;
        if (outdated) {
            queuedCommand
                    .reply()
                    .completeExceptionally(new RegistryException(
                            ErrorCode.STORE_UNAVAILABLE, "It was proposed before a batch was lost."));
        }
        return outdated;
    }

    private void decide(List<QueuedCommand> batch) {
        refuseWhileFailed(batch);
        if (!batch.isEmpty()) {
            decideLoaded(batch);
        }
    }

    /** Refuses what waited while the shard couldn't be loaded. */
    private void refuseWhileFailed(List<QueuedCommand> batch) {
        batch.removeIf(queuedCommand -> {
            var failed = loading.refusal(queuedCommand.item());
            if (failed != null) {
                outcomePublisher.publishLoss(shard, List.of(queuedCommand.item()));
                fail(queuedCommand, failed);
            }
            return failed != null;
        });
    }

    private void decideLoaded(List<QueuedCommand> batch) {
        var items = new ArrayList<ShardCommand>(batch.size());
        for (var queuedCommand : batch) {
            items.add(queuedCommand.item());
        }
        var decidedAt = clock.now();
        BatchResult batchResult;
        try {
            batchResult = dispatch(
                    new DecideBatch(
                            name, decidedAt, items, leases.listening(shard).known()),
                    keysOf(batch));
        } catch (RuntimeException e) {
            if (CommandErrors.isTakenKey(e)) {
                decideWithoutKeyed(batch);
                return;
            }
            var load = AggregateLoadException.in(e);
            lose(batch, items, load == null ? CommandErrors.explain(e) : loading.failed(load));
            return;
        }
        loading.loaded();
        if (batchResult.events() > 0) {
            lastPosition = batchResult.firstPosition() + batchResult.events() - 1;
        }
        for (int i = 0; i < batch.size(); i++) {
            var commandResult = batchResult.settled().get(i);
            leases.update(shard, commandResult.outcome());
            release(items.get(i));
            outcomePublisher.decided(shard, items.get(i), commandResult.outcome());
            batch.get(i)
                    .reply()
                    .complete(new CommandReply(
                            commandResult.outcome(),
                            commandResult.event() < 0
                                    ? lastPosition
                                    : batchResult.firstPosition() + commandResult.event(),
                            decidedAt,
                            commandResult.event() < 0 ? null : batchResult.recordedAt()));
        }
    }

    private void lose(List<QueuedCommand> batch, List<ShardCommand> items, RegistryException failure) {
        outcomePublisher.publishLoss(shard, items);
        lostAt = clock.millis();
        batch.forEach(queuedCommand -> fail(queuedCommand, failure));
    }

    private void fail(QueuedCommand queuedCommand, RegistryException failure) {
        release(queuedCommand.item());
        queuedCommand.reply().completeExceptionally(failure);
    }

    /** What was held for an item, which is answered now. */
    private void release(ShardCommand command) {
        if (command instanceof RegisterInstance answered) {
            leases.release(shard, answered.id());
        } else if (command instanceof RestoreService answered) {
            answered.steps().stream().flatMap(step -> step.changes().stream()).forEach(this::release);
        }
    }

    private BatchResult dispatch(DecideBatch batch, List<@Nullable IdempotencyKey> keys) {
        try {
            return dispatcher.decide(batch, keys);
        } finally {
            queue.decided(batch.items().size());
        }
    }

    /** Empty for most batches: keys are rare. */
    private static List<@Nullable IdempotencyKey> keysOf(List<QueuedCommand> batch) {
        boolean keyed = false;
        for (var queuedCommand : batch) {
            keyed |= queuedCommand.key() != null;
        }
        if (!keyed) {
            return List.of();
        }
        var keys = new ArrayList<@Nullable IdempotencyKey>(batch.size());
        batch.forEach(waiting -> keys.add(waiting.key()));
        return keys;
    }

    /**
     * A key was taken after it was looked up: by a request whose append was believed lost with its connection, and wasn't. Nothing of
     * the batch was done, and the others needn't suffer. Sent again, that request finds its reply.
     */
    private void decideWithoutKeyed(List<QueuedCommand> batch) {
        var others = new ArrayList<QueuedCommand>(batch);
        others.removeIf(queuedCommand -> queuedCommand.key() != null);
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
