package dev.aicore.discovery.command.batching;

import dev.aicore.discovery.api.shard.ExpireLeases;
import dev.aicore.discovery.api.shard.ExtendLeases;
import dev.aicore.discovery.api.shard.Outcome;
import dev.aicore.discovery.api.shard.ShardCommand;
import dev.aicore.discovery.api.status.ComponentStatus;
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
 * Proposes to the shards the leases that seem due, and grants a grace to each whose instances the registry could not have
 * heard. Until it is durable there nothing is proposed to that shard: a registry that was asleep never expires the living.
 */
final class LeaseExpirer implements OutcomeListener {

    static final Duration TICK = Duration.ofMillis(ExpiryWheel.TICK_MILLIS);

    private record LastExtension(Instant at, String cause) {}

    private static final Logger LOG = LoggerFactory.getLogger(LeaseExpirer.class);

    /** Between two attempts of a start to load a shard. */
    private static final Duration ATTEMPT_PAUSE = Duration.ofSeconds(1);

    private final List<ShardBatcher> shards;
    private final LeaseIndex leases;
    private final LeaseClock clock;
    private final TimeSource time;
    private final PauseDetector pauses;
    private final InboundTrafficMonitor refusals;
    private final InboundTrafficMonitor delays;
    private final ExpiryProposer proposals;
    private final int loadAttempts;
    private final List<PendingLeaseExtension> graces;
    private final ScheduledExecutorService ticker = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("lease-keeper").factory());
    private volatile @Nullable LastExtension lastExtension;
    private volatile @Nullable Long lastPauseMillis;
    private volatile boolean storeUnavailable;
    private volatile long storeUnavailableSince;

    /** When each shard decided something last, which was heard. */
    private final AtomicLongArray decidedAt;

    /** @param loadAttempts how often a start tries to load a shard while the store can't be read */
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
        this.refusals = new InboundTrafficMonitor(inboundTraffic.refusals(), inboundTraffic.bound());
        this.proposals = new ExpiryProposer(leases, clock, time, inboundTraffic.allRead(), pauseTolerance);
        this.delays = new InboundTrafficMonitor(proposals::delays, inboundTraffic.bound());
        this.loadAttempts = loadAttempts;
        this.graces = shards.stream()
                .map(shard -> new PendingLeaseExtension(clock, extension -> extendLeases(shard, extension)))
                .toList();
        this.decidedAt = new AtomicLongArray(shards.size());
        this.pauses =
                new PauseDetector(TICK, pauseTolerance, time.nanos(), time.now().toEpochMilli());
    }

    /**
     * Grants the grace of a start, and learns from its answers what there is. Nothing is proposed before {@link #watch}. A shard that
     * can't be loaded is failed, and doesn't keep the others: it has its grace when it is back.
     */
    void start() {
        var extension = new ExtendLeases("start", "The registry started.");
        var left = shards;
        for (int attempt = 1; !left.isEmpty(); attempt++) {
            boolean last = attempt == loadAttempts;
            var granted = new LinkedHashMap<ShardBatcher, CompletableFuture<@Nullable Throwable>>();
            left.forEach(
                    shard -> granted.put(shard, extendLeases(shard, extension).handle((_, failure) -> failure)));
            left = granted.entrySet().stream()
                    .filter(entry ->
                            isToBeTriedAgain(entry.getKey(), entry.getValue().join(), last))
                    .map(Map.Entry::getKey)
                    .toList();
            if (!left.isEmpty()) {
                new CompletableFuture<Void>()
                        .completeOnTimeout(null, ATTEMPT_PAUSE.toMillis(), TimeUnit.MILLISECONDS)
                        .join();
            }
        }
    }

    /** Returns whether a start tries it once more. A failure that lasts is noted already; one that may pass is noted at the last attempt. */
    private static boolean isToBeTriedAgain(ShardBatcher shard, @Nullable Throwable failure, boolean last) {
        if (failure == null || shard.loading().failed().isPresent()) {
            return false;
        }
        if (last) {
            var _ = shard.loading()
                    .failed(
                            shard + " can't be loaded: "
                                    + CommandErrors.explain(failure).detail(),
                            null);
        }
        return !last;
    }

    /** To be called once, when instances can be heard: their leases run anew from here, and are watched. */
    void watch() {
        long now = clock.millis();
        for (int shard = 0; shard < shards.size(); shard++) {
            leases.listening(shard).begin(now);
            decidedAt.set(shard, now);
        }
        scheduleExtension(new ExtendLeases("start", "The registry started, and can be heard from now on."), now);
        pauses.check(time.nanos(), time.now().toEpochMilli());
        var _ = ticker.scheduleAtFixedRate(this::safely, TICK.toMillis(), TICK.toMillis(), TimeUnit.MILLISECONDS);
    }

    void stop() {
        ticker.shutdownNow();
    }

    /** The store can't be written: nothing could be heard, so nothing is proposed. */
    void storeUnavailable() {
        if (!storeUnavailable) {
            storeUnavailableSince = clock.millis();
        }
        storeUnavailable = true;
    }

    /** It can be written again. */
    void storeRecovered() {
        scheduleExtension(
                new ExtendLeases("store_outage", "The event store could not be written for a while."),
                storeUnavailableSince);
        storeUnavailable = false;
    }

    @Override
    public void decided(int shard, ShardCommand command, Outcome outcome) {
        decidedAt.set(shard, clock.millis());
    }

    /** What is lost may be somebody's sign of life, or the question whom to check for one; a proposal or a grace is neither. */
    @Override
    public void lost(int shard, List<ShardCommand> items) {
        if (!items.stream().allMatch(command -> command instanceof ExpireLeases || command instanceof ExtendLeases)) {
            var extension = new ExtendLeases("store_outage", "What was heard of instances could not be stored.");
            scheduleExtension(shard, extension, decidedAt.get(shard));
        }
    }

    /** How the leases stand, and what was granted last. */
    ComponentStatus.Leases status() {
        var grace = lastExtension;
        return new ComponentStatus.Leases(
                leases.size(),
                grace == null ? null : grace.at(),
                grace == null ? null : grace.cause(),
                lastPauseMillis);
    }

    void tick() {
        long now = clock.millis();
        var pause = pauses.check(time.nanos(), time.now().toEpochMilli());
        if (pause != null) {
            LOG.warn("{} Every lease runs anew.", pause.words());
            lastPauseMillis = pause.millis();
            scheduleExtension(new ExtendLeases("pause", pause.words()), now - pause.missedMillis());
        }
        boolean refused = isDeaf(refusals, "connections_refused", "Connections were refused for a while.");
        boolean delayed = isDeaf(delays, "requests_delayed", "What had arrived was read too late.");
        if (storeUnavailable || refused || delayed) {
            return;
        }
        var due = new LinkedHashMap<ShardBatcher, List<TrackedLease>>();
        for (int shard = 0; shard < shards.size(); shard++) {
            var some = graces.get(shard).isSettled(now) ? leases.due(shard, now) : List.<TrackedLease>of();
            if (!some.isEmpty()) {
                due.put(shards.get(shard), some);
            }
        }
        proposals.propose(due, now);
    }

    /** Returns whether callers can't be heard now; when they can again each lease is owed a grace. */
    private boolean isDeaf(InboundTrafficMonitor watch, String cause, String detail) {
        var inboundState = watch.check(time.nanos());
        if (inboundState == InboundTrafficMonitor.InboundState.RECOVERED) {
            LOG.warn("{} Every lease runs anew.", detail);
            scheduleExtension(new ExtendLeases(cause, detail), clock.millis() - watch.millisSinceFirst(time.nanos()));
        }
        return inboundState == InboundTrafficMonitor.InboundState.NOT_RECEIVING;
    }

    private void safely() {
        try {
            tick();
        } catch (RuntimeException e) {
            LOG.error("A look at the leases failed; the next follows.", e);
        }
    }

    private void scheduleExtension(ExtendLeases extension, long missedFrom) {
        for (int shard = 0; shard < shards.size(); shard++) {
            scheduleExtension(shard, extension, missedFrom);
        }
    }

    /**
     * Owes a shard a grace, whatever for: there is no other way to one. What its instances couldn't be heard is noted with it, since a
     * grace alone has no bound: only so long a silence in which they could be heard ends their leases whatever graces there were.
     *
     * @param missedFrom since when nothing could be heard, until now
     */
    private void scheduleExtension(int shard, ExtendLeases extension, long missedFrom) {
        leases.listening(shard).miss(missedFrom, clock.millis());
        graces.get(shard).request(extension);
    }

    private CompletableFuture<Void> extendLeases(ShardBatcher shard, ExtendLeases extension) {
        return shard.submit(extension).thenRun(() -> lastExtension = new LastExtension(clock.now(), extension.cause()));
    }
}
