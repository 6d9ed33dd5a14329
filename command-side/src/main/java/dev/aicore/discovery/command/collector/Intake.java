package dev.aicore.discovery.command.collector;

import dev.aicore.discovery.api.Envelope;
import dev.aicore.discovery.api.error.RegistryException;
import dev.aicore.discovery.api.shard.DeregisterInstance;
import dev.aicore.discovery.api.shard.DropDeadLetter;
import dev.aicore.discovery.api.shard.FindChecked;
import dev.aicore.discovery.api.shard.Item;
import dev.aicore.discovery.api.shard.Outcome;
import dev.aicore.discovery.api.shard.RecordCheck;
import dev.aicore.discovery.api.shard.RegisterInstance;
import dev.aicore.discovery.api.shard.RenewLease;
import dev.aicore.discovery.api.shard.ReportOutcomes;
import dev.aicore.discovery.api.shard.ResetPicks;
import dev.aicore.discovery.api.shard.RestoreService;
import dev.aicore.discovery.api.shard.Shards;
import dev.aicore.discovery.api.shard.SwitchMonitoring;
import dev.aicore.discovery.api.shard.TakeCheckpoint;
import dev.aicore.discovery.api.shard.UpdateInstance;
import dev.aicore.discovery.api.status.StatusPart;
import dev.aicore.discovery.config.eventstore.WriteKey;
import dev.aicore.discovery.config.settings.ShardLoadSettings;
import dev.aicore.discovery.config.settings.WriteSettings;
import dev.aicore.discovery.config.time.TimeSource;
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
public final class Intake implements AutoCloseable {

    private final LeaseClock clock;
    private final LeaseTable leases;
    private final Followers followers = new Followers();
    private final List<Collector> shards = new ArrayList<>();
    private final LeaseKeeper keeper;
    private final List<Thread> threads = new ArrayList<>();

    /**
     * Makes it; {@link #start} opens it.
     *
     * @param mostInstances how many ids that aren't gone may be known at once
     * @param pauseTolerance how late the watch over the leases may come before that counts as a pause
     * @param reception tells whether callers are heard
     */
    public Intake(
            int shards,
            WriteSettings settings,
            ShardLoadSettings loading,
            int mostInstances,
            Duration pauseTolerance,
            ShardDispatch dispatch,
            LeaseClock clock,
            TimeSource time,
            Reception reception) {
        this.clock = clock;
        this.leases = new LeaseTable(shards, mostInstances, clock);
        var queued = new QueuedBytes(settings.maxQueueBytes().toBytes());
        for (int shard = 0; shard < shards; shard++) {
            this.shards.add(new Collector(shard, settings, loading, dispatch, clock, time, leases, followers, queued));
        }
        this.keeper =
                new LeaseKeeper(this.shards, leases, clock, time, pauseTolerance, reception, loading.loadAttempts());
        followers.add(keeper);
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
    public CompletableFuture<Reply> register(RegisterInstance asked, @Nullable WriteKey key) {
        int shard = Shards.of(asked.envelope().namespace(), asked.declaration().name(), shards.size());
        leases.hold(asked.id(), shard);
        return shards.get(shard).submit(asked, key);
    }

    /** Changes some of what is declared. */
    public CompletableFuture<Reply> update(UpdateInstance asked, @Nullable WriteKey key) {
        return toShardOf(asked.id(), asked, key);
    }

    /** Deregisters. */
    public CompletableFuture<Reply> deregister(DeregisterInstance asked, @Nullable WriteKey key) {
        return toShardOf(asked.id(), asked, key);
    }

    /** Has the picks of a service counted from 0 again, in the shard of the service. */
    public CompletableFuture<Reply> reset(ResetPicks asked, @Nullable WriteKey key) {
        int shard = Shards.of(asked.envelope().namespace(), asked.service(), shards.size());
        return shards.get(shard).submit(asked, key);
    }

    /** Gives up a fact that read models couldn't fold. */
    public CompletableFuture<Reply> drop(DropDeadLetter asked, @Nullable WriteKey key) {
        int shard = Shards.of(asked.envelope().namespace(), asked.sequence(), shards.size());
        return shards.get(shard).submit(asked, key);
    }

    /** Makes a service what it was, in the shard of the service. */
    public CompletableFuture<Reply> restore(RestoreService asked, @Nullable WriteKey key) {
        int shard = Shards.of(asked.envelope().namespace(), asked.point().service(), shards.size());
        return shards.get(shard).submit(new HeldSteps(leases, shard).of(asked), key);
    }

    /** Renews a lease. */
    public CompletableFuture<Reply> renew(RenewLease asked) {
        return toShardOf(asked.id(), asked, null);
    }

    /** Renews many leases. Never fails: what failed is the outcome of its ids, and those of one shard fail by themselves. */
    public CompletableFuture<ManyReplies> renewAll(List<String> ids, long observedAt, Envelope by) {
        return new ManyRenewals(shards, leases).renew(ids, observedAt, by);
    }

    /** Counts what a caller saw of an instance. */
    public CompletableFuture<Reply> report(ReportOutcomes asked, @Nullable WriteKey key) {
        return toShardOf(asked.id(), asked, key);
    }

    /** Records the result of a check. */
    public CompletableFuture<Reply> record(RecordCheck asked) {
        return toShardOf(asked.id(), asked, null);
    }

    /** Starts or stops the checks of an instance. */
    public CompletableFuture<Reply> switchMonitoring(SwitchMonitoring asked, @Nullable WriteKey key) {
        return toShardOf(asked.id(), asked, key);
    }

    /** Asks a shard, 0 to {@link #shards()} - 1, which of its instances are to be checked. */
    public CompletableFuture<Reply> find(int shard, FindChecked asked) {
        return shards.get(shard).submit(asked);
    }

    /** Has a shard, 0 to {@link #shards()} - 1, take a checkpoint. */
    public CompletableFuture<Reply> checkpoint(int shard) {
        return shards.get(shard).submit(new TakeCheckpoint());
    }

    /** Has somebody hear everything that is decided from here on. */
    public void follow(OutcomeFollower follower) {
        followers.add(follower);
    }

    public int shards() {
        return shards.size();
    }

    /** Now, on the clock that leases run by: epoch milliseconds. */
    public long now() {
        return clock.millis();
    }

    /** The store can't be written. */
    public void storeIsAway() {
        keeper.storeIsAway();
    }

    /** The store can be written again. */
    public void storeIsBack() {
        keeper.storeIsBack();
    }

    /**
     * How many shards and leases there are, and the last grace.
     *
     * @param loads how often a shard was loaded from the store
     */
    public List<StatusPart> status(long loads) {
        var failed = shards.stream()
                .flatMap(shard -> shard.loading().status().stream())
                .toList();
        return List.of(
                new StatusPart.Shards(shards.size(), threads.size() - failed.size(), loads, failed), keeper.status());
    }

    /** Takes no more, and decides what waits; the store's own bounds end that wait. */
    @Override
    public void close() {
        keeper.stop();
        shards.forEach(Collector::close);
        try {
            for (var thread : threads) {
                thread.join();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private CompletableFuture<Reply> toShardOf(String id, Item asked, @Nullable WriteKey key) {
        var tracked = leases.find(id);
        if (tracked != null) {
            return shards.get(tracked.shard).submit(asked, key);
        }
        return ofFailedShard(shards)
                .<CompletableFuture<Reply>>map(CompletableFuture::failedFuture)
                .orElseGet(() ->
                        CompletableFuture.completedFuture(new Reply(Outcome.Refused.unknown(id), 0, clock.now())));
    }

    /** Returns what is told of an id that no shard has answered for: a failed one may have it. Empty if none is failed. */
    static Optional<RegistryException> ofFailedShard(List<Collector> shards) {
        return shards.stream()
                .flatMap(shard -> shard.loading().failed().stream())
                .findFirst();
    }
}
