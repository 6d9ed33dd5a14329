package dev.aicore.discovery.command.batching;

import dev.aicore.discovery.api.EventMetadata;
import dev.aicore.discovery.api.error.RegistryException;
import dev.aicore.discovery.api.shard.DeregisterInstance;
import dev.aicore.discovery.api.shard.DropDeadLetter;
import dev.aicore.discovery.api.shard.FindMonitoredInstances;
import dev.aicore.discovery.api.shard.Outcome;
import dev.aicore.discovery.api.shard.RecordCheck;
import dev.aicore.discovery.api.shard.RegisterInstance;
import dev.aicore.discovery.api.shard.RenewLease;
import dev.aicore.discovery.api.shard.ReportCalls;
import dev.aicore.discovery.api.shard.ResetPicks;
import dev.aicore.discovery.api.shard.RestoreService;
import dev.aicore.discovery.api.shard.ShardCommand;
import dev.aicore.discovery.api.shard.ShardPartitioner;
import dev.aicore.discovery.api.shard.SwitchMonitoring;
import dev.aicore.discovery.api.shard.TakeCheckpoint;
import dev.aicore.discovery.api.shard.UpdateInstance;
import dev.aicore.discovery.api.status.ComponentStatus;
import dev.aicore.discovery.config.settings.ShardLoadSettings;
import dev.aicore.discovery.config.settings.WriteSettings;
import dev.aicore.discovery.config.time.TimeSource;
import dev.aicore.discovery.eventstore.IdempotencyKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * The way in for everything that is to be written. Nothing here blocks; each answer comes when it is durable.
 *
 * <p>Answers fail with {@link dev.aicore.discovery.api.error.RegistryException}: {@code overloaded} or {@code store_full} if nothing
 * was done, {@code store_unavailable} if that may not be known.
 */
public final class CommandGateway implements AutoCloseable {

    private final LeaseClock clock;
    private final LeaseIndex leases;
    private final OutcomePublisher outcomePublisher = new OutcomePublisher();
    private final List<ShardBatcher> shards = new ArrayList<>();
    private final LeaseExpirer keeper;
    private final List<Thread> threads = new ArrayList<>();

    /**
     * Makes it; {@link #start} opens it.
     *
     * @param mostInstances how many ids that aren't gone may be known at once
     * @param pauseTolerance how late the watch over the leases may come before that counts as a pause
     * @param inboundTraffic tells whether callers are heard
     */
    public CommandGateway(
            int shards,
            WriteSettings settings,
            ShardLoadSettings loading,
            int mostInstances,
            Duration pauseTolerance,
            ShardDispatcher dispatcher,
            LeaseClock clock,
            TimeSource time,
            InboundTraffic inboundTraffic) {
        this.clock = clock;
        this.leases = new LeaseIndex(shards, mostInstances, clock);
        var queued = new QueuedByteLimit(settings.maxQueueBytes().toBytes());
        for (int shard = 0; shard < shards; shard++) {
            this.shards.add(new ShardBatcher(
                    shard, settings, loading, dispatcher, clock, time, leases, outcomePublisher, queued));
        }
        this.keeper = new LeaseExpirer(
                this.shards, leases, clock, time, pauseTolerance, inboundTraffic, loading.loadAttempts());
        outcomePublisher.add(keeper);
    }

    /** Lets every lease run anew, and learns what there is. Returns when requests can be taken; no lease ends before {@link #watch}. */
    public void start() {
        shards.forEach(shard -> threads.add(Thread.ofVirtual().name("collector").start(shard)));
        keeper.start();
    }

    /**
     * Lets every lease run anew once more, and keeps watch over them. To be called once, when instances can reach the registry:
     * however long its start took, each of them has a whole ttl to be heard.
     */
    public void watch() {
        keeper.watch();
    }

    /** Registers; the id's shard is its service's. */
    public CompletableFuture<CommandReply> register(RegisterInstance command, @Nullable IdempotencyKey key) {
        int shard = ShardPartitioner.of(
                command.envelope().namespace(), command.declaration().name(), shards.size());
        leases.hold(command.id(), shard);
        return shards.get(shard).submit(command, key);
    }

    /** Changes some of what is declared. */
    public CompletableFuture<CommandReply> update(UpdateInstance command, @Nullable IdempotencyKey key) {
        return toShardOf(command.id(), command, key);
    }

    /** Deregisters. */
    public CompletableFuture<CommandReply> deregister(DeregisterInstance command, @Nullable IdempotencyKey key) {
        return toShardOf(command.id(), command, key);
    }

    /** Has the picks of a service counted from 0 again, in the shard of the service. */
    public CompletableFuture<CommandReply> reset(ResetPicks command, @Nullable IdempotencyKey key) {
        int shard = ShardPartitioner.of(command.envelope().namespace(), command.service(), shards.size());
        return shards.get(shard).submit(command, key);
    }

    /** Gives up a fact that read models couldn't fold. */
    public CompletableFuture<CommandReply> drop(DropDeadLetter asked, @Nullable IdempotencyKey key) {
        int shard = ShardPartitioner.of(asked.envelope().namespace(), asked.sequence(), shards.size());
        return shards.get(shard).submit(asked, key);
    }

    /** Makes a service what it was, in the shard of the service. */
    public CompletableFuture<CommandReply> restore(RestoreService command, @Nullable IdempotencyKey key) {
        int shard = ShardPartitioner.of(
                command.envelope().namespace(), command.point().service(), shards.size());
        return shards.get(shard).submit(new RestoreIdReservation(leases, shard).of(command), key);
    }

    /** Renews a lease. */
    public CompletableFuture<CommandReply> renew(RenewLease command) {
        return toShardOf(command.id(), command, null);
    }

    /** Renews many leases. Never fails: what failed is the outcome of its ids, and those of one shard fail by themselves. */
    public CompletableFuture<BatchReply> renewAll(List<String> ids, long observedAt, EventMetadata metadata) {
        return new BatchRenewal(shards, leases).renew(ids, observedAt, metadata);
    }

    /** Counts what a caller saw of an instance. */
    public CompletableFuture<CommandReply> report(ReportCalls command, @Nullable IdempotencyKey key) {
        return toShardOf(command.id(), command, key);
    }

    /** Records the result of a check. */
    public CompletableFuture<CommandReply> record(RecordCheck command) {
        return toShardOf(command.id(), command, null);
    }

    /** Starts or stops the checks of an instance. */
    public CompletableFuture<CommandReply> switchMonitoring(SwitchMonitoring command, @Nullable IdempotencyKey key) {
        return toShardOf(command.id(), command, key);
    }

    /** Asks a shard, 0 to {@link #shards()} - 1, which of its instances are to be checked. */
    public CompletableFuture<CommandReply> find(int shard, FindMonitoredInstances command) {
        return shards.get(shard).submit(command);
    }

    /** Has a shard, 0 to {@link #shards()} - 1, take a checkpoint. */
    public CompletableFuture<CommandReply> checkpoint(int shard) {
        return shards.get(shard).submit(new TakeCheckpoint());
    }

    /** Has somebody hear everything that is decided from here on. */
    public void follow(OutcomeListener listener) {
        outcomePublisher.add(listener);
    }

    public int shards() {
        return shards.size();
    }

    /** Now, on the clock that leases run by: epoch milliseconds. */
    public long now() {
        return clock.millis();
    }

    /** The store can't be written. */
    public void storeUnavailable() {
        keeper.storeUnavailable();
    }

    /** The store can be written again. */
    public void storeRecovered() {
        keeper.storeRecovered();
    }

    /**
     * How many shards and leases there are, and the last grace.
     *
     * @param loads how often a shard was loaded from the store
     */
    public List<ComponentStatus> status(long loads) {
        var failed = shards.stream()
                .flatMap(shard -> shard.loading().status().stream())
                .toList();
        return List.of(
                new ComponentStatus.Shards(shards.size(), threads.size() - failed.size(), loads, failed),
                keeper.status());
    }

    /** Takes no more, and decides what waits; the store's own bounds end that wait. */
    @Override
    public void close() {
        keeper.stop();
        shards.forEach(ShardBatcher::close);
        try {
            for (var thread : threads) {
                thread.join();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private CompletableFuture<CommandReply> toShardOf(String id, ShardCommand command, @Nullable IdempotencyKey key) {
        var trackedLease = leases.find(id);
        if (trackedLease != null) {
            return shards.get(trackedLease.shard).submit(command, key);
        }
        return ofFailedShard(shards)
                .<CompletableFuture<CommandReply>>map(CompletableFuture::failedFuture)
                .orElseGet(() -> CompletableFuture.completedFuture(
                        new CommandReply(Outcome.Refused.unknown(id), 0, clock.now())));
    }

    /** Returns what is told of an id that no shard has answered for: a failed one may have it. Empty if none is failed. */
    static Optional<RegistryException> ofFailedShard(List<ShardBatcher> shards) {
        return shards.stream()
                .flatMap(shard -> shard.loading().failed().stream())
                .findFirst();
    }
}
