package dev.aicore.discovery.command.batching;

import dev.aicore.discovery.api.EventMetadata;
import dev.aicore.discovery.api.Outcome;
import dev.aicore.discovery.api.ShardCommand;
import dev.aicore.discovery.api.deadletter.DropDeadLetter;
import dev.aicore.discovery.api.discovery.ResetPicks;
import dev.aicore.discovery.api.error.RegistryException;
import dev.aicore.discovery.api.health.FindMonitoredInstances;
import dev.aicore.discovery.api.health.RecordCheck;
import dev.aicore.discovery.api.health.ReportCalls;
import dev.aicore.discovery.api.health.SwitchMonitoring;
import dev.aicore.discovery.api.instance.DeregisterInstance;
import dev.aicore.discovery.api.instance.RegisterInstance;
import dev.aicore.discovery.api.instance.UpdateInstance;
import dev.aicore.discovery.api.lease.RenewLease;
import dev.aicore.discovery.api.restore.RestoreServiceInstances;
import dev.aicore.discovery.api.shard.ShardPartitioner;
import dev.aicore.discovery.api.shard.TakeCheckpoint;
import dev.aicore.discovery.api.status.ComponentStatus;
import dev.aicore.discovery.command.batching.CommandReply.BatchReply;
import dev.aicore.discovery.command.batching.InboundTrafficMonitor.InboundTraffic;
import dev.aicore.discovery.config.settings.ShardLoadSettings;
import dev.aicore.discovery.config.settings.WriteSettings;
import dev.aicore.discovery.config.time.TimeSource;
import dev.aicore.discovery.eventstore.IdempotencyStore.IdempotencyKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Entry point of all commands. No method blocks, except {@link #start} and {@link #close}; each future completes when
 * the result is durable.
 *
 * <p>Futures fail with {@link RegistryException}: {@code overloaded} or {@code store_full} if nothing was done,
 * {@code store_unavailable} if the result may be unknown.
 */
public final class CommandGateway implements AutoCloseable {

    private final LeaseClock clock;
    private final LeaseIndex leases;
    private final OutcomePublisher outcomePublisher = new OutcomePublisher();
    private final List<ShardBatcher> shards = new ArrayList<>();
    private final LeaseExpirer leaseExpirer;
    private final List<Thread> threads = new ArrayList<>();

    /**
     * Creates a gateway that accepts commands after {@link #start}.
     *
     * @param maxInstances maximum number of known ids, not counting removed instances
     * @param pauseTolerance delay of the lease expirer's tick from which it counts as a pause of the process
     * @param inboundTraffic source of the signs that requests are not received
     */
    public CommandGateway(
            int shards,
            WriteSettings settings,
            ShardLoadSettings loading,
            int maxInstances,
            Duration pauseTolerance,
            ShardDispatcher dispatcher,
            LeaseClock clock,
            TimeSource time,
            InboundTraffic inboundTraffic) {
        this.clock = clock;
        this.leases = new LeaseIndex(shards, maxInstances, clock);
        var queued = new QueuedByteLimit(settings.maxQueueBytes().toBytes());
        for (int shard = 0; shard < shards; shard++) {
            this.shards.add(new ShardBatcher(
                    shard, settings, loading, dispatcher, clock, time, leases, outcomePublisher, queued));
        }
        this.leaseExpirer = new LeaseExpirer(
                this.shards, leases, clock, time, pauseTolerance, inboundTraffic, loading.loadAttempts());
        outcomePublisher.add(leaseExpirer);
    }

    /**
     * Starts the threads of the shards, loads all shards and extends their leases. Returns when commands can be
     * accepted. No lease expires before {@link #watch}.
     */
    public void start() {
        shards.forEach(
                shard -> threads.add(Thread.ofVirtual().name("shard-batcher").start(shard)));
        leaseExpirer.start();
    }

    /**
     * Extends all leases once more and starts to expire leases. Must be called once, when instances can reach the
     * registry: each of them has a whole TTL to send a heartbeat, however long the start took.
     */
    public void watch() {
        leaseExpirer.watch();
    }

    /** Registers an instance. The name of its service determines the shard. */
    public CompletableFuture<CommandReply> register(RegisterInstance command, @Nullable IdempotencyKey key) {
        int shard = ShardPartitioner.of(
                command.envelope().namespace(), command.declaration().name(), shards.size());
        leases.reserve(command.id(), shard);
        return shards.get(shard).submit(command, key);
    }

    /** Changes parts of an instance's declaration. */
    public CompletableFuture<CommandReply> update(UpdateInstance command, @Nullable IdempotencyKey key) {
        return submitToShardOf(command.id(), command, key);
    }

    /** Deregisters an instance. */
    public CompletableFuture<CommandReply> deregister(DeregisterInstance command, @Nullable IdempotencyKey key) {
        return submitToShardOf(command.id(), command, key);
    }

    /** Resets the pick counters of a service. */
    public CompletableFuture<CommandReply> reset(ResetPicks command, @Nullable IdempotencyKey key) {
        int shard = ShardPartitioner.of(command.envelope().namespace(), command.service(), shards.size());
        return shards.get(shard).submit(command, key);
    }

    /** Drops a dead letter. */
    public CompletableFuture<CommandReply> drop(DropDeadLetter command, @Nullable IdempotencyKey key) {
        int shard = ShardPartitioner.of(command.envelope().namespace(), command.sequence(), shards.size());
        return shards.get(shard).submit(command, key);
    }

    /** Restores a service to an earlier state. */
    public CompletableFuture<CommandReply> restore(RestoreServiceInstances command, @Nullable IdempotencyKey key) {
        int shard = ShardPartitioner.of(
                command.envelope().namespace(), command.point().service(), shards.size());
        return shards.get(shard).submit(new RestoreIdReservation(leases, shard).of(command), key);
    }

    /** Renews the lease of an instance. */
    public CompletableFuture<CommandReply> renew(RenewLease command) {
        return submitToShardOf(command.id(), command, null);
    }

    /**
     * Renews many leases. Never fails: an error becomes the outcome of the ids it concerns, and a failing shard affects
     * only its own ids.
     */
    public CompletableFuture<BatchReply> renewAll(List<String> ids, long observedAt, EventMetadata metadata) {
        return new BatchRenewal(shards, leases).renew(ids, observedAt, metadata);
    }

    /**
     * Renews leases, each with what its instance reports. Never fails, like {@link #renewAll}.
     *
     * @return outcomes in the order of the commands
     */
    public CompletableFuture<BatchReply> renewEach(List<RenewLease> commands) {
        return BatchReply.collect(commands.stream().map(this::renew).toList());
    }

    /**
     * Records the results of calls that a caller made to several instances. Never fails, like {@link #renewAll}.
     *
     * @return outcomes in the order of the commands
     */
    public CompletableFuture<BatchReply> reportEach(List<ReportCalls> commands) {
        return BatchReply.collect(
                commands.stream().map(command -> report(command, null)).toList());
    }

    /** Records the results of calls that a caller made to an instance. */
    public CompletableFuture<CommandReply> report(ReportCalls command, @Nullable IdempotencyKey key) {
        return submitToShardOf(command.id(), command, key);
    }

    /** Records the result of a check. */
    public CompletableFuture<CommandReply> record(RecordCheck command) {
        return submitToShardOf(command.id(), command, null);
    }

    /** Starts or stops the checks of an instance. */
    public CompletableFuture<CommandReply> switchMonitoring(SwitchMonitoring command, @Nullable IdempotencyKey key) {
        return submitToShardOf(command.id(), command, key);
    }

    /** Queries the instances of a shard (0 to {@link #shards()} - 1) that are to be checked. */
    public CompletableFuture<CommandReply> find(int shard, FindMonitoredInstances command) {
        return shards.get(shard).submit(command);
    }

    /** Makes a shard (0 to {@link #shards()} - 1) record a checkpoint. */
    public CompletableFuture<CommandReply> checkpoint(int shard) {
        return shards.get(shard).submit(new TakeCheckpoint());
    }

    /** Adds a listener of all later outcomes. */
    public void addListener(OutcomeListener listener) {
        outcomePublisher.add(listener);
    }

    public int shards() {
        return shards.size();
    }

    /** Returns the current time of the lease clock, in epoch milliseconds. */
    public long now() {
        return clock.millis();
    }

    /** Suspends lease expiry because the store can't be written. */
    public void storeUnavailable() {
        leaseExpirer.storeUnavailable();
    }

    /** Resumes lease expiry because the store can be written again, and extends all leases. */
    public void storeRecovered() {
        leaseExpirer.storeRecovered();
    }

    /**
     * Returns the status of the shards and the leases, with the last lease extension.
     *
     * @param loads number of times that a shard was loaded from the store
     */
    public List<ComponentStatus> status(long loads) {
        var failed = shards.stream()
                .flatMap(shard -> shard.loading().status().stream())
                .toList();
        return List.of(
                new ComponentStatus.Shards(shards.size(), threads.size() - failed.size(), loads, failed),
                leaseExpirer.status());
    }

    /**
     * Rejects further commands and blocks until the queued ones are decided. The timeouts of the store bound that wait.
     */
    @Override
    public void close() {
        leaseExpirer.stop();
        shards.forEach(ShardBatcher::close);
        try {
            for (var thread : threads) {
                thread.join();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private CompletableFuture<CommandReply> submitToShardOf(
            String id, ShardCommand command, @Nullable IdempotencyKey key) {
        var trackedLease = leases.find(id);
        if (trackedLease != null) {
            return shards.get(trackedLease.shard).submit(command, key);
        }
        return failedShardError(shards)
                .<CompletableFuture<CommandReply>>map(CompletableFuture::failedFuture)
                .orElseGet(() -> CompletableFuture.completedFuture(
                        new CommandReply(Outcome.Refused.unknown(id), 0, clock.now())));
    }

    /**
     * Returns the error for an id that is in no loaded shard while a shard is failed, since the failed shard may hold
     * the id. Empty if no shard is failed.
     */
    static Optional<RegistryException> failedShardError(List<ShardBatcher> shards) {
        return shards.stream()
                .flatMap(shard -> shard.loading().failed().stream())
                .findFirst();
    }
}
