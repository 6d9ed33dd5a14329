package dev.aicore.discovery.command.batching;

import dev.aicore.discovery.api.ShardCommand;
import dev.aicore.discovery.api.error.ErrorCode;
import dev.aicore.discovery.api.error.RegistryException;
import dev.aicore.discovery.api.instance.RegisterInstance;
import dev.aicore.discovery.api.lease.ExpireLeases;
import dev.aicore.discovery.api.restore.RestoreServiceInstances;
import dev.aicore.discovery.api.shard.CommandResult;
import dev.aicore.discovery.api.shard.DecideBatch;
import dev.aicore.discovery.api.shard.ShardPartitioner;
import dev.aicore.discovery.command.batching.BatchQueue.QueuedCommand;
import dev.aicore.discovery.config.settings.ShardLoadSettings;
import dev.aicore.discovery.config.settings.WriteSettings;
import dev.aicore.discovery.config.time.TimeSource;
import dev.aicore.discovery.eventstore.DurableResult;
import dev.aicore.discovery.eventstore.EventAppender.AppendResult;
import dev.aicore.discovery.eventstore.IdempotencyStore.IdempotencyKey;
import dev.aicore.discovery.eventstore.axon.AggregateLoadException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Batches the commands of one shard. One batch is decided at a time; commands that arrive meanwhile form the next one.
 * So a shard decides in order of arrival, and the cost per command falls with the load. Only a batch without urgent
 * commands lingers.
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

    /**
     * Submits a command. Never blocks.
     *
     * @return future that fails with a {@link RegistryException} if the command is not admitted or its result is
     *     unknown
     */
    CompletableFuture<CommandReply> submit(ShardCommand command) {
        return submit(command, null);
    }

    /**
     * Submits a write with an idempotency key, or null. The key may have been used already.
     *
     * @return future that fails with a {@link RegistryException} if the command is not admitted or its result is
     *     unknown
     */
    CompletableFuture<CommandReply> submit(ShardCommand command, @Nullable IdempotencyKey key) {
        var failed = loading.rejectionOf(command);
        if (failed != null) {
            release(command);
            // A failed shard counts no heartbeat: each refused command is published as lost, so that the leases are
            // extended.
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
            batch.removeIf(this::rejectIfOutdated);
            if (!batch.isEmpty()) {
                decide(batch);
            }
            batch.clear();
        }
    }

    /** Rejects further commands. Queued ones are still decided. */
    void close() {
        queue.close();
    }

    @Override
    public String toString() {
        return name;
    }

    /** Returns the load state of the shard. */
    ShardLoadState loading() {
        return loading;
    }

    /**
     * Refuses an expiry proposal that is older than the last lost batch: a lost heartbeat may have ended the silence
     * that the proposal is based on. The listeners were informed of the loss.
     */
    private boolean rejectIfOutdated(QueuedCommand queuedCommand) {
        boolean outdated = queuedCommand.item() instanceof ExpireLeases proposal && proposal.proposedAt() <= lostAt;
        if (outdated) {
            queuedCommand
                    .reply()
                    .completeExceptionally(new RegistryException(
                            ErrorCode.STORE_UNAVAILABLE, "The expiry was proposed before a batch was lost."));
        }
        return outdated;
    }

    private void decide(List<QueuedCommand> batch) {
        rejectWhileFailed(batch);
        if (!batch.isEmpty()) {
            decideLoaded(batch);
        }
    }

    /** Refuses the commands that were queued while the shard could not be loaded. */
    private void rejectWhileFailed(List<QueuedCommand> batch) {
        batch.removeIf(queuedCommand -> {
            var failed = loading.rejectionOf(queuedCommand.item());
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
        DurableResult<List<CommandResult>> durableResult;
        try {
            durableResult = dispatch(
                    new DecideBatch(
                            name, decidedAt, items, leases.listening(shard).known()),
                    keysOf(batch));
        } catch (RuntimeException e) {
            if (CommandErrors.isDuplicateKey(e)) {
                decideWithoutKeyed(batch);
                return;
            }
            var load = AggregateLoadException.findIn(e);
            failLost(batch, items, load == null ? CommandErrors.toRegistryException(e) : loading.failed(load));
            return;
        }
        loading.loaded();
        publish(durableResult, batch, decidedAt);
    }

    private void publish(
            DurableResult<List<CommandResult>> durableResult, List<QueuedCommand> batch, Instant decidedAt) {
        var appended = durableResult.appendResult().orElse(null);
        if (appended != null) {
            lastPosition = appended.lastPosition();
        }
        for (int i = 0; i < batch.size(); i++) {
            var command = batch.get(i).item();
            var commandResult = durableResult.result().get(i);
            leases.update(shard, commandResult.outcome());
            release(command);
            outcomePublisher.decided(shard, command, commandResult.outcome());
            batch.get(i).reply().complete(reply(commandResult, appended, decidedAt));
        }
    }

    private CommandReply reply(CommandResult commandResult, @Nullable AppendResult appended, Instant decidedAt) {
        return appended == null || commandResult.event() < 0
                ? new CommandReply(commandResult.outcome(), lastPosition, decidedAt)
                : new CommandReply(
                        commandResult.outcome(),
                        appended.firstPosition() + commandResult.event(),
                        decidedAt,
                        appended.recordedAt());
    }

    private void failLost(List<QueuedCommand> batch, List<ShardCommand> items, RegistryException failure) {
        outcomePublisher.publishLoss(shard, items);
        lostAt = clock.millis();
        batch.forEach(queuedCommand -> fail(queuedCommand, failure));
    }

    private void fail(QueuedCommand queuedCommand, RegistryException failure) {
        release(queuedCommand.item());
        queuedCommand.reply().completeExceptionally(failure);
    }

    /** Releases the ids that were reserved for a command, which is answered now. */
    private void release(ShardCommand command) {
        if (command instanceof RegisterInstance register) {
            leases.release(shard, register.id());
        } else if (command instanceof RestoreServiceInstances restore) {
            restore.steps().stream().flatMap(step -> step.changes().stream()).forEach(this::release);
        }
    }

    private DurableResult<List<CommandResult>> dispatch(DecideBatch batch, List<@Nullable IdempotencyKey> keys) {
        try {
            return dispatcher.decide(batch, keys);
        } finally {
            queue.decided(batch.items().size());
        }
    }

    /** Returns the keys of a batch. Most batches have none; the list is empty then. */
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
     * Decides a batch again without its keyed commands, after the append failed because an idempotency key already
     * exists: an earlier append committed although its connection broke. The batch was rolled back. The keyed commands
     * fail with {@code idempotency_key_in_flight}; a client that repeats its request receives the stored reply.
     */
    private void decideWithoutKeyed(List<QueuedCommand> batch) {
        var others = new ArrayList<QueuedCommand>(batch);
        others.removeIf(queuedCommand -> queuedCommand.key() != null);
        var failure = new RegistryException(
                ErrorCode.IDEMPOTENCY_KEY_IN_FLIGHT,
                "An earlier request with this idempotency key has just become durable. Send the request again.",
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
