package dev.aicore.discovery.command.batching;

import dev.aicore.discovery.api.Outcome;
import dev.aicore.discovery.api.ShardCommand;
import dev.aicore.discovery.api.lease.ExpireLeases;
import dev.aicore.discovery.api.lease.ExtendLeases;
import dev.aicore.discovery.api.status.ComponentStatus;
import dev.aicore.discovery.command.batching.InboundTrafficMonitor.InboundTraffic;
import dev.aicore.discovery.config.time.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLongArray;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Proposes due leases to the shards, and extends the leases of each shard whose heartbeats the registry could not
 * receive. Nothing is proposed to a shard until its lease extension is durable, so that a registry that was paused
 * never expires live instances.
 */
final class LeaseExpirer implements OutcomeListener {

    static final Duration TICK = Duration.ofMillis(ExpiryWheel.TICK_MILLIS);

    private record LastExtension(Instant at, String cause) {}

    private static final Logger LOG = LoggerFactory.getLogger(LeaseExpirer.class);

    /** Pause between two attempts to load a shard at start. */
    private static final Duration ATTEMPT_PAUSE = Duration.ofSeconds(1);

    private final List<ShardBatcher> shards;
    private final LeaseIndex leases;
    private final LeaseClock clock;
    private final TimeSource time;
    private final PauseDetector pauses;
    private final InboundTrafficMonitor refusedConnectionMonitor;
    private final InboundTrafficMonitor delayedRequestMonitor;
    private final ExpiryProposer proposals;
    private final int loadAttempts;
    private final List<PendingLeaseExtension> pendingExtensions;
    private final ScheduledExecutorService ticker = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("lease-expirer").factory());
    private volatile @Nullable LastExtension lastExtension;
    private volatile @Nullable Long lastPauseMillis;
    private volatile boolean storeUnavailable;
    private volatile long storeUnavailableSince;

    /** Time of each shard's last decision that was published, epoch milliseconds. */
    private final AtomicLongArray decidedAt;

    /**
     * Creates an expirer.
     *
     * @param loadAttempts number of attempts to load a shard at start while the store can't be read
     */
    LeaseExpirer(
            List<ShardBatcher> shards,
            LeaseIndex leases,
            LeaseClock clock,
            TimeSource time,
            Duration pauseTolerance,
            InboundTraffic inboundTraffic,
            int loadAttempts) {
        this.shards = shards;
        this.leases = leases;
        this.clock = clock;
        this.time = time;
        this.refusedConnectionMonitor = new InboundTrafficMonitor(inboundTraffic.refusals(), inboundTraffic.bound());
        this.proposals = new ExpiryProposer(leases, clock, time, inboundTraffic.allRead(), pauseTolerance);
        this.delayedRequestMonitor = new InboundTrafficMonitor(proposals::delays, inboundTraffic.bound());
        this.loadAttempts = loadAttempts;
        this.pendingExtensions = shards.stream()
                .map(shard -> new PendingLeaseExtension(clock, extension -> extendLeases(shard, extension)))
                .toList();
        this.decidedAt = new AtomicLongArray(shards.size());
        this.pauses =
                new PauseDetector(TICK, pauseTolerance, time.nanos(), time.now().toEpochMilli());
    }

    /**
     * Extends the leases of all shards, and builds the lease index from the outcomes. Nothing is proposed before
     * {@link #watch}. A shard that can't be loaded is marked as failed and does not delay the others; its leases are
     * extended when it is loaded again.
     */
    void start() {
        var extension = new ExtendLeases("start", "The registry started.");
        var left = shards;
        for (int attempt = 1; !left.isEmpty(); attempt++) {
            boolean last = attempt == loadAttempts;
            var extended = new LinkedHashMap<ShardBatcher, CompletableFuture<@Nullable Throwable>>();
            left.forEach(
                    shard -> extended.put(shard, extendLeases(shard, extension).handle((_, failure) -> failure)));
            left = extended.entrySet().stream()
                    .filter(entry ->
                            shouldRetry(entry.getKey(), entry.getValue().join(), last))
                    .map(Map.Entry::getKey)
                    .toList();
            if (!left.isEmpty()) {
                new CompletableFuture<Void>()
                        .completeOnTimeout(null, ATTEMPT_PAUSE.toMillis(), TimeUnit.MILLISECONDS)
                        .join();
            }
        }
    }

    /**
     * Returns true if the start should try to load the shard again. A permanent failure is already recorded by then; a
     * temporary failure is recorded at the last attempt.
     */
    private static boolean shouldRetry(ShardBatcher shard, @Nullable Throwable failure, boolean last) {
        if (failure == null || shard.loading().failed().isPresent()) {
            return false;
        }
        if (last) {
            var _ = shard.loading()
                    .failed(
                            shard + " can't be loaded: "
                                    + CommandErrors.toRegistryException(failure).detail(),
                            null);
        }
        return !last;
    }

    /** Extends all leases and starts the ticks. Must be called once, when the registry can receive heartbeats. */
    void watch() {
        long now = clock.millis();
        for (int shard = 0; shard < shards.size(); shard++) {
            leases.listening(shard).begin(now);
            decidedAt.set(shard, now);
        }
        scheduleExtension(new ExtendLeases("start", "The registry started and receives heartbeats from now on."), now);
        pauses.check(time.nanos(), time.now().toEpochMilli());
        var _ = ticker.scheduleAtFixedRate(this::tickSafely, TICK.toMillis(), TICK.toMillis(), TimeUnit.MILLISECONDS);
    }

    void stop() {
        ticker.shutdownNow();
    }

    /** Stops proposing leases, because heartbeats can't be recorded. */
    void storeUnavailable() {
        if (!storeUnavailable) {
            storeUnavailableSince = clock.millis();
        }
        storeUnavailable = true;
    }

    /** Resumes proposing leases, after all leases are extended. */
    void storeRecovered() {
        scheduleExtension(
                new ExtendLeases("store_outage", "The event store was not writable for a while."),
                storeUnavailableSince);
        storeUnavailable = false;
    }

    @Override
    public void decided(int shard, ShardCommand command, Outcome outcome) {
        decidedAt.set(shard, clock.millis());
    }

    /**
     * Extends the leases of the shard unless only expiry proposals and lease extensions were lost. Any other lost
     * command may have been a heartbeat, or the query for the instances to check, whose passed checks renew leases.
     */
    @Override
    public void lost(int shard, List<ShardCommand> items) {
        if (!items.stream().allMatch(command -> command instanceof ExpireLeases || command instanceof ExtendLeases)) {
            var extension = new ExtendLeases("store_outage", "Heartbeats or other commands could not be stored.");
            scheduleExtension(shard, extension, decidedAt.get(shard));
        }
    }

    /** Returns the number of leases, the last lease extension and the last pause. */
    ComponentStatus.Leases status() {
        var lastExtended = lastExtension;
        return new ComponentStatus.Leases(
                leases.size(),
                lastExtended == null ? null : lastExtended.at(),
                lastExtended == null ? null : lastExtended.cause(),
                lastPauseMillis);
    }

    void tick() {
        long now = clock.millis();
        var pause = pauses.check(time.nanos(), time.now().toEpochMilli());
        if (pause != null) {
            LOG.warn("{} All leases are restarted.", pause.words());
            lastPauseMillis = pause.millis();
            scheduleExtension(new ExtendLeases("pause", pause.words()), now - pause.missedMillis());
        }
        boolean refused =
                isDeaf(refusedConnectionMonitor, "connections_refused", "Connections were refused for a while.");
        boolean delayed = isDeaf(delayedRequestMonitor, "requests_delayed", "Received requests were read too late.");
        if (storeUnavailable || refused || delayed) {
            return;
        }
        var due = new LinkedHashMap<ShardBatcher, List<TrackedLease>>();
        for (int shard = 0; shard < shards.size(); shard++) {
            var some = pendingExtensions.get(shard).isSettled(now) ? leases.due(shard, now) : List.<TrackedLease>of();
            if (!some.isEmpty()) {
                due.put(shards.get(shard), some);
            }
        }
        proposals.propose(due, now);
    }

    /** Returns true if requests are not received now. Extends all leases when they are received again. */
    private boolean isDeaf(InboundTrafficMonitor trafficMonitor, String cause, String detail) {
        var inboundState = trafficMonitor.check(time.nanos());
        if (inboundState == InboundTrafficMonitor.InboundState.RECOVERED) {
            LOG.warn("{} All leases are restarted.", detail);
            scheduleExtension(
                    new ExtendLeases(cause, detail), clock.millis() - trafficMonitor.millisSinceFirst(time.nanos()));
        }
        return inboundState == InboundTrafficMonitor.InboundState.NOT_RECEIVING;
    }

    private void tickSafely() {
        try {
            tick();
        } catch (RuntimeException e) {
            LOG.error("Failed to check the leases; retrying at the next tick.", e);
        }
    }

    private void scheduleExtension(ExtendLeases extension, long missedFrom) {
        for (int shard = 0; shard < shards.size(); shard++) {
            scheduleExtension(shard, extension, missedFrom);
        }
    }

    /**
     * Requests a lease extension for a shard. All extensions except those of {@link #start} are requested here. Records
     * the missed time as well. A lease extension alone has no bound; but an instance that was silent for the maximum
     * silence expires regardless of extensions, and missed time does not count as silence.
     *
     * @param missedFrom start of the time without received heartbeats, epoch milliseconds; the end is now
     */
    private void scheduleExtension(int shard, ExtendLeases extension, long missedFrom) {
        leases.listening(shard).miss(missedFrom, clock.millis());
        pendingExtensions.get(shard).request(extension);
    }

    private CompletableFuture<Void> extendLeases(ShardBatcher shard, ExtendLeases extension) {
        return shard.submit(extension).thenRun(() -> lastExtension = new LastExtension(clock.now(), extension.cause()));
    }
}
