package dev.aicore.discovery.command.collector;

import dev.aicore.discovery.api.shard.ExpireLeases;
import dev.aicore.discovery.api.shard.GrantGrace;
import dev.aicore.discovery.api.shard.Item;
import dev.aicore.discovery.api.shard.Outcome;
import dev.aicore.discovery.api.status.StatusPart;
import dev.aicore.discovery.config.time.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Proposes to the shards the leases that seem due, and grants a grace to all whenever the registry could not have heard
 * them. Until a grace is durable nothing is proposed: a registry that was asleep never expires the living.
 */
final class LeaseKeeper implements OutcomeFollower {

    static final Duration TICK = Duration.ofMillis(ExpiryWheel.TICK_MILLIS);

    private record Granted(Instant at, String cause) {}

    private static final Logger LOG = LoggerFactory.getLogger(LeaseKeeper.class);
    private static final int MOST_IN_PROPOSAL = 1_000;
    private static final long AGAIN_MILLIS = 1_000;
    private static final long LONGEST_BACK_OFF_MILLIS = 5_000;

    private final List<Collector> shards;
    private final LeaseTable leases;
    private final LeaseClock clock;
    private final TimeSource time;
    private final PauseDetector pauses;
    private final AtomicReference<@Nullable GrantGrace> owed = new AtomicReference<>();
    private final ScheduledExecutorService ticker = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("lease-keeper").factory());
    private volatile @Nullable Granted lastGrace;
    private volatile @Nullable Long lastPauseMillis;
    private volatile boolean granting;
    private volatile boolean storeAway;

    /** These two are written before {@link #granting} ends, and read after it. */
    private long backOffMillis = AGAIN_MILLIS;

    private long grantAgainAt;

    LeaseKeeper(List<Collector> shards, LeaseTable leases, LeaseClock clock, TimeSource time, Duration pauseTolerance) {
        this.shards = shards;
        this.leases = leases;
        this.clock = clock;
        this.time = time;
        this.pauses =
                new PauseDetector(TICK, pauseTolerance, time.nanos(), time.now().toEpochMilli());
    }

    /** Grants the grace of a start, and learns from its answers what there is. Nothing is proposed before {@link #watch}. */
    void start() {
        grant(new GrantGrace("start", "The registry started.")).join();
    }

    /** To be called once, when instances can be heard: their leases run anew from here, and are watched. */
    void watch() {
        owed.set(new GrantGrace("start", "The registry started, and can be heard from now on."));
        pauses.look(time.nanos(), time.now().toEpochMilli());
        var _ = ticker.scheduleAtFixedRate(this::safely, TICK.toMillis(), TICK.toMillis(), TimeUnit.MILLISECONDS);
    }

    void stop() {
        ticker.shutdownNow();
    }

    /** The store can't be written: nothing could be heard, so nothing is proposed. */
    void storeIsAway() {
        storeAway = true;
    }

    /** It can be written again. */
    void storeIsBack() {
        owed.set(new GrantGrace("store_outage", "The event store could not be written for a while."));
        storeAway = false;
    }

    @Override
    public void decided(int shard, Item item, Outcome outcome) {}

    /** What is lost may be somebody's sign of life; what the registry itself asks isn't. */
    @Override
    public void lost(int shard, List<Item> items) {
        if (!items.stream().allMatch(item -> item instanceof ExpireLeases || item instanceof GrantGrace)) {
            owed.set(new GrantGrace("store_outage", "What was heard of instances could not be stored."));
        }
    }

    /** How the leases stand, and what was granted last. */
    StatusPart.Leases status() {
        var grace = lastGrace;
        return new StatusPart.Leases(
                leases.size(),
                grace == null ? null : grace.at(),
                grace == null ? null : grace.cause(),
                lastPauseMillis);
    }

    void tick() {
        long now = clock.millis();
        var pause = pauses.look(time.nanos(), time.now().toEpochMilli());
        if (pause != null) {
            LOG.warn("{} Every lease runs anew.", pause.words());
            lastPauseMillis = pause.millis();
            owed.set(new GrantGrace("pause", pause.words()));
        }
        if (storeAway || granting) {
            return;
        }
        if (owed.get() != null) {
            if (now >= grantAgainAt) {
                grantWhatIsOwed();
            }
            return;
        }
        for (int shard = 0; shard < shards.size(); shard++) {
            propose(shard, now);
        }
    }

    private void safely() {
        try {
            tick();
        } catch (RuntimeException e) {
            LOG.error("A look at the leases failed; the next follows.", e);
        }
    }

    /** Each is a fact of every shard, and each that fails costs every shard a load: they don't follow one another closely. */
    private void grantWhatIsOwed() {
        var grace = Objects.requireNonNull(owed.getAndSet(null));
        granting = true;
        var _ = grant(grace).whenComplete((done, failure) -> {
            if (failure == null) {
                backOffMillis = AGAIN_MILLIS;
            } else {
                backOffMillis = Math.min(backOffMillis * 2, LONGEST_BACK_OFF_MILLIS);
                owed.compareAndSet(null, grace);
            }
            grantAgainAt = clock.millis() + backOffMillis;
            granting = false;
        });
    }

    private CompletableFuture<Void> grant(GrantGrace grace) {
        return CompletableFuture.allOf(
                        shards.stream().map(shard -> shard.submit(grace)).toArray(CompletableFuture[]::new))
                .thenRun(() -> lastGrace = new Granted(clock.now(), grace.cause()));
    }

    private void propose(int shard, long now) {
        var due = leases.due(shard, now);
        for (int from = 0; from < due.size(); from += MOST_IN_PROPOSAL) {
            var some = due.subList(from, Math.min(due.size(), from + MOST_IN_PROPOSAL));
            var ids = new ArrayList<String>(some.size());
            some.forEach(tracked -> ids.add(tracked.id));
            var _ = shards.get(shard).submit(new ExpireLeases(ids, now)).whenComplete((reply, failure) -> {
                if (failure != null) {
                    some.forEach(tracked -> leases.lookAgain(tracked, clock.millis() + AGAIN_MILLIS));
                }
            });
        }
    }
}
