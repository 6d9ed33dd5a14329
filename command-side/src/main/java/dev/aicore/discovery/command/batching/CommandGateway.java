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
import dev.aicore.discovery.config.time.TimeSource;
import dev.aicore.discovery.eventstore.IdempotencyStore.IdempotencyKey;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Entry point of all commands. No method blocks, except {@link #own}, {@link #disown} and {@link #close}; each future
 * completes when the result is durable.
 *
 * <p>Futures fail with {@link RegistryException}: {@code overloaded} or {@code store_full} if nothing was done,
 * {@code standby} if this node doesn't own the event store, {@code store_unavailable} if the result may be unknown.
 */
public final class CommandGateway implements AutoCloseable {

    private final int shards;
    private final Function<OutcomePublisher, OwnedShards> opener;
    private final Runnable requireOwnership;
    private final TimeSource time;
    private final OutcomePublisher outcomePublisher = new OutcomePublisher();
    private final List<OwnershipListener> ownershipListeners = new ArrayList<>();
    private volatile @Nullable OwnedShards ownedShards;
    private boolean listening;
    private boolean closed;

    /**
     * Creates a gateway that accepts commands after {@link #own}.
     *
     * @param opener creates the shards of one claim; may fail if the store can't be read
     * @param requireOwnership throws if another node may own the store at this moment
     */
    CommandGateway(
            int shards, Function<OutcomePublisher, OwnedShards> opener, Runnable requireOwnership, TimeSource time) {
        this.shards = shards;
        this.opener = opener;
        this.requireOwnership = requireOwnership;
        this.time = time;
    }

    /**
     * Loads all shards and extends their leases. Returns when commands are accepted. No lease expires before
     * {@link #watch}.
     */
    synchronized void own() {
        if (closed || ownedShards != null) {
            return;
        }
        var owned = opener.apply(outcomePublisher);
        try {
            owned.start();
        } catch (RuntimeException e) {
            owned.close();
            throw e;
        }
        ownedShards = owned;
        if (listening) {
            owned.expirer().watch();
        }
        ownershipListeners.forEach(OwnershipListener::owned);
    }

    /** Refuses commands from now on, and blocks until those that were queued have failed. */
    synchronized void disown() {
        var owned = ownedShards;
        if (owned == null) {
            return;
        }
        ownedShards = null;
        ownershipListeners.forEach(OwnershipListener::disowned);
        owned.close();
    }

    /**
     * Extends all leases once more and starts to expire leases. Must be called once, when instances can reach the
     * registry: each of them has a whole TTL to send a heartbeat, however long the start took.
     */
    public synchronized void watch() {
        listening = true;
        var owned = ownedShards;
        if (owned != null) {
            owned.expirer().watch();
        }
    }

    /** Adds a listener. If this node decides already, the listener receives that at once. */
    public synchronized void addListener(OwnershipListener listener) {
        ownershipListeners.add(listener);
        if (ownedShards != null) {
            listener.owned();
        }
    }

    /** Registers an instance. The name of its service determines the shard. */
    public CompletableFuture<CommandReply> register(RegisterInstance command, @Nullable IdempotencyKey key) {
        var owned = requireOwned();
        int shard = ShardPartitioner.of(
                command.envelope().namespace(), command.declaration().name(), shards);
        owned.leases().reserve(command.id(), shard);
        return owned.batcher(shard).submit(command, key);
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
        int shard = ShardPartitioner.of(command.envelope().namespace(), command.service(), shards);
        return requireOwned().batcher(shard).submit(command, key);
    }

    /** Drops a dead letter. */
    public CompletableFuture<CommandReply> drop(DropDeadLetter command, @Nullable IdempotencyKey key) {
        int shard = ShardPartitioner.of(command.envelope().namespace(), command.sequence(), shards);
        return requireOwned().batcher(shard).submit(command, key);
    }

    /** Restores a service to an earlier state. */
    public CompletableFuture<CommandReply> restore(RestoreServiceInstances command, @Nullable IdempotencyKey key) {
        var owned = requireOwned();
        int shard = ShardPartitioner.of(
                command.envelope().namespace(), command.point().service(), shards);
        return owned.batcher(shard).submit(new RestoreIdReservation(owned.leases(), shard).of(command), key);
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
        var owned = requireOwned();
        return new BatchRenewal(owned.batchers(), owned.leases(), requireOwnership).renew(ids, observedAt, metadata);
    }

    /**
     * Renews leases, each with what its instance reports. Never fails, like {@link #renewAll}.
     *
     * @return outcomes in the order of the commands
     */
    public CompletableFuture<BatchReply> renewEach(List<RenewLease> commands) {
        requireOwned();
        return BatchReply.collect(commands.stream().map(this::renew).toList());
    }

    /**
     * Records the results of calls that a caller made to several instances. Never fails, like {@link #renewAll}.
     *
     * @return outcomes in the order of the commands
     */
    public CompletableFuture<BatchReply> reportEach(List<ReportCalls> commands) {
        requireOwned();
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
        return submit(shard, command);
    }

    /** Makes a shard (0 to {@link #shards()} - 1) record a checkpoint. */
    public CompletableFuture<CommandReply> checkpoint(int shard) {
        return submit(shard, new TakeCheckpoint());
    }

    /** Adds a listener of all later outcomes. */
    public void addListener(OutcomeListener listener) {
        outcomePublisher.add(listener);
    }

    public int shards() {
        return shards;
    }

    /** Returns the current time of the lease clock, in epoch milliseconds; that of the wall clock without leases. */
    public long now() {
        var owned = ownedShards;
        return owned == null ? time.now().toEpochMilli() : owned.clock().millis();
    }

    /** Returns true if this node decides. */
    public boolean isOwner() {
        return ownedShards != null;
    }

    /** Suspends lease expiry because the store can't be written. */
    public void storeUnavailable() {
        var owned = ownedShards;
        if (owned != null) {
            owned.expirer().storeUnavailable();
        }
    }

    /** Resumes lease expiry because the store can be written again, and extends all leases. */
    public void storeRecovered() {
        var owned = ownedShards;
        if (owned != null) {
            owned.expirer().storeRecovered();
        }
    }

    /**
     * Returns the status of the shards and the leases, with the last lease extension; empty while another node owns the
     * store.
     *
     * @param loads number of times that a shard was loaded from the store
     */
    public List<ComponentStatus> status(long loads) {
        var owned = ownedShards;
        return owned == null ? List.of() : owned.status(loads);
    }

    /**
     * Rejects further commands and blocks until the queued ones are decided. The timeouts of the store bound that wait.
     */
    @Override
    public synchronized void close() {
        closed = true;
        disown();
    }

    private CompletableFuture<CommandReply> submit(int shard, ShardCommand command) {
        var owned = ownedShards;
        return owned == null
                ? CompletableFuture.failedFuture(CommandErrors.standby())
                : owned.batcher(shard).submit(command);
    }

    private CompletableFuture<CommandReply> submitToShardOf(
            String id, ShardCommand command, @Nullable IdempotencyKey key) {
        var owned = ownedShards;
        if (owned == null) {
            return CompletableFuture.failedFuture(CommandErrors.standby());
        }
        var trackedLease = owned.leases().find(id);
        if (trackedLease != null) {
            return owned.batcher(trackedLease.shard).submit(command, key);
        }
        try {
            requireOwnership.run();
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(CommandErrors.toRegistryException(e));
        }
        return OwnedShards.failedShardError(owned.batchers())
                .<CompletableFuture<CommandReply>>map(CompletableFuture::failedFuture)
                .orElseGet(() -> CompletableFuture.completedFuture(new CommandReply(
                        Outcome.Refused.unknown(id), 0, owned.clock().now())));
    }

    private OwnedShards requireOwned() {
        var owned = ownedShards;
        if (owned == null) {
            throw CommandErrors.standby();
        }
        return owned;
    }
}
