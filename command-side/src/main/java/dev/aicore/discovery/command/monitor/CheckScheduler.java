package dev.aicore.discovery.command.monitor;

import dev.aicore.discovery.api.error.ErrorCode;
import dev.aicore.discovery.api.error.RegistryException;
import dev.aicore.discovery.command.monitor.ScheduledCheck.Last;
import dev.aicore.discovery.command.monitor.ScheduledCheck.QueuePlace;
import dev.aicore.discovery.healthchecks.probe.Probe;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * When which instance is to be checked. An instance is in one place: in the wheel until its check is due, then ready until there is room
 * for it, then under way; so it never has two checks at once, and what waits is bounded by the number of instances.
 *
 * <p>Time is an argument, on the monotonic clock in nanoseconds. Nothing here blocks for long; it may be used by many threads.
 */
final class CheckScheduler {

    /** A check that takes so long is slow. An instance with two such checks in a row is heavy: one may be an accident. */
    static final long SLOW_NANOS = 250_000_000;

    /** More who wait for a check of one instance are refused. */
    static final int MAX_ON_DEMAND_CALLERS = 64;

    /** An interval is shortened by up to a tenth: never lengthened, since leases count on two of them. */
    private static final double JITTER = 0.1;

    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

    private final CheckConcurrencyLimit concurrency;
    private final RandomGenerator random;
    private final CheckWheel wheel;
    private final Map<String, ScheduledCheck> byId = new HashMap<>();
    private final Map<Last, Integer> byLast = new EnumMap<>(Last.class);

    /** @param most checks that may be under way at once */
    CheckScheduler(int most, RandomGenerator random, long now) {
        this.concurrency = new CheckConcurrencyLimit(most);
        this.random = random;
        this.wheel = new CheckWheel(now);
    }

    /** How many there are. */
    record StateCounts(int notCheckedYet, int passing, int failing, int underWay, int ready) {
        int watched() {
            return notCheckedYet + passing + failing;
        }
    }

    /** From here on it is checked like that, first within one interval. Nothing happens if it is already. */
    synchronized void watch(int shard, Probe probe, long now) {
        var scheduledCheck = byId.get(probe.id());
        if (scheduledCheck == null) {
            scheduledCheck = new ScheduledCheck(probe.id(), shard, probe);
            byId.put(scheduledCheck.id, scheduledCheck);
            count(Last.NONE, 1);
            spread(scheduledCheck, now);
            return;
        }
        scheduledCheck.shard = shard;
        boolean begins = scheduledCheck.stopped;
        if (begins) {
            scheduledCheck.stopped = false;
            // What is under way may be of an earlier life.
            scheduledCheck.generation++;
            scheduledCheck.last = Last.NONE;
            count(Last.NONE, 1);
        }
        if ((change(scheduledCheck, probe) || begins) && isInWheel(scheduledCheck)) {
            wheel.remove(scheduledCheck);
            spread(scheduledCheck, now);
        }
    }

    /** From here on who asks has it looked at like that. If it is watched, {@link #watch} says how. */
    synchronized void declare(Probe probe) {
        var scheduledCheck = byId.get(probe.id());
        if (scheduledCheck != null && scheduledCheck.stopped) {
            change(scheduledCheck, probe);
        }
    }

    /** It isn't checked any more, as far as that shard knows. */
    synchronized void forget(int shard, String id) {
        var scheduledCheck = byId.get(id);
        if (scheduledCheck == null || scheduledCheck.stopped || scheduledCheck.shard != shard) {
            return;
        }
        scheduledCheck.stopped = true;
        count(scheduledCheck.last, -1);
        if (isInWheel(scheduledCheck)) {
            wheel.remove(scheduledCheck);
            byId.remove(id);
        }
    }

    /** Whether it is checked, by what that shard says. */
    synchronized boolean isWatched(int shard, String id) {
        var scheduledCheck = byId.get(id);
        return scheduledCheck != null && !scheduledCheck.stopped && scheduledCheck.shard == shard;
    }

    /**
     * Has it looked at as soon as there is room, whether it is watched or not. A check that is under way began before, and so doesn't
     * count as this one.
     *
     * @throws RegistryException {@code overloaded} if too many wait for it
     */
    synchronized CompletableFuture<OnDemandResult> poll(Probe probe, long now) {
        declare(probe);
        var scheduledCheck = byId.get(probe.id());
        if (scheduledCheck == null) {
            scheduledCheck = new ScheduledCheck(probe.id(), -1, probe);
            scheduledCheck.stopped = true;
            byId.put(scheduledCheck.id, scheduledCheck);
        }
        if (isFull(scheduledCheck)) {
            throw new RegistryException(
                    ErrorCode.OVERLOADED,
                    MAX_ON_DEMAND_CALLERS + " callers wait for a check of '" + scheduledCheck.id + "' already.",
                    RETRY_AFTER);
        }
        var asker = new CompletableFuture<OnDemandResult>();
        scheduledCheck.askers.add(asker);
        if (isInWheel(scheduledCheck)) {
            wheel.remove(scheduledCheck);
            scheduledCheck.queuePlace = QueuePlace.NOWHERE;
        }
        if (scheduledCheck.queuePlace == QueuePlace.NOWHERE) {
            checkSoon(scheduledCheck, now);
        }
        return asker;
    }

    /** The checks to begin now, for each of which {@link #end} is to be called once. */
    synchronized List<RunningCheck> begin(long now) {
        wheel.turn(now, this::makeReady);
        var begun = new ArrayList<RunningCheck>();
        for (var next = next(); next != null; next = next()) {
            begun.add(begin(next, now));
        }
        return begun;
    }

    /**
     * A check has ended.
     *
     * @param passed null if that isn't known
     * @return whether its result counts, and isn't of what was changed or stopped meanwhile. Who asked for it is to be told then
     */
    synchronized boolean end(RunningCheck runningCheck, @Nullable Boolean passed, long now) {
        var scheduledCheck = runningCheck.watched();
        concurrency.leave(runningCheck.heavy());
        boolean slow = now - runningCheck.begunAt() >= SLOW_NANOS;
        scheduledCheck.heavy = slow && scheduledCheck.slow;
        scheduledCheck.slow = slow;
        scheduledCheck.queuePlace = QueuePlace.NOWHERE;
        boolean stale = isStale(runningCheck);
        if (stale) {
            scheduledCheck.askers.addAll(runningCheck.askers());
        }
        boolean counts = !stale && !isUnwanted(runningCheck);
        if (counts && !scheduledCheck.stopped && passed != null) {
            count(scheduledCheck.last, -1);
            scheduledCheck.last = passed ? Last.PASSED : Last.FAILED;
            count(scheduledCheck.last, 1);
        }
        // After a standstill all are late, and would else be checked again at once, and together from then on.
        boolean anew = stale || runningCheck.lag() > interval(scheduledCheck);
        resume(scheduledCheck, runningCheck.dueAt(), anew, now);
        return counts;
    }

    /** Ends the wait of all who asked for a check that hasn't begun: it never will. */
    synchronized List<CompletableFuture<OnDemandResult>> takeOnDemandCallers() {
        return byId.values().stream()
                .flatMap(scheduledCheck -> scheduledCheck.takeOnDemandCallers().stream())
                .toList();
    }

    /** How long there is nothing to begin, in nanoseconds, up to {@code most}. What is under way may come back at any moment. */
    synchronized long quiet(long now, long most) {
        return wheel.quiet(now, concurrency.taken() > 0 ? Math.min(most, CheckWheel.TICK_NANOS) : most);
    }

    /** Whether something waits for room, and there is some. */
    synchronized boolean hasReady() {
        return concurrency.isWanted();
    }

    synchronized StateCounts census() {
        return new StateCounts(
                number(Last.NONE),
                number(Last.PASSED),
                number(Last.FAILED),
                concurrency.taken(),
                concurrency.waiting());
    }

    private void resume(ScheduledCheck scheduledCheck, long dueAt, boolean anew, long now) {
        if (!scheduledCheck.askers.isEmpty()) {
            checkSoon(scheduledCheck, now);
        } else if (scheduledCheck.stopped) {
            byId.remove(scheduledCheck.id);
        } else if (anew) {
            spread(scheduledCheck, now);
        } else {
            // What is owed of the past isn't made up for.
            file(scheduledCheck, Math.max(now, dueAt + shortened(interval(scheduledCheck))));
        }
    }

    private static boolean isStale(RunningCheck runningCheck) {
        return runningCheck.generation() != runningCheck.watched().generation;
    }

    /** Whether it was stopped meanwhile, and nobody asked. */
    private static boolean isUnwanted(RunningCheck runningCheck) {
        return runningCheck.watched().stopped && runningCheck.askers().isEmpty();
    }

    private static boolean isInWheel(ScheduledCheck scheduledCheck) {
        return scheduledCheck.queuePlace == QueuePlace.WHEEL;
    }

    private static boolean isFull(ScheduledCheck scheduledCheck) {
        return scheduledCheck.askers.size() >= MAX_ON_DEMAND_CALLERS;
    }

    private static boolean change(ScheduledCheck scheduledCheck, Probe probe) {
        if (scheduledCheck.probe.equals(probe)) {
            return false;
        }
        scheduledCheck.probe = probe;
        scheduledCheck.generation++;
        return true;
    }

    private void checkSoon(ScheduledCheck scheduledCheck, long now) {
        scheduledCheck.dueAt = now;
        scheduledCheck.queuePlace = QueuePlace.READY;
        concurrency.awaitFirst(scheduledCheck);
    }

    private void makeReady(ScheduledCheck scheduledCheck) {
        scheduledCheck.queuePlace = QueuePlace.READY;
        concurrency.await(scheduledCheck);
    }

    /** Who begins next. Those that were stopped while they waited are dropped. */
    private @Nullable ScheduledCheck next() {
        var next = concurrency.next();
        while (next != null && next.stopped && next.askers.isEmpty()) {
            byId.remove(next.id);
            next = concurrency.next();
        }
        return next;
    }

    private RunningCheck begin(ScheduledCheck scheduledCheck, long now) {
        scheduledCheck.queuePlace = QueuePlace.UNDER_WAY;
        concurrency.enter(scheduledCheck.heavy);
        return new RunningCheck(
                scheduledCheck,
                scheduledCheck.generation,
                scheduledCheck.probe,
                scheduledCheck.dueAt,
                now,
                scheduledCheck.heavy,
                scheduledCheck.takeOnDemandCallers());
    }

    private void count(Last last, int more) {
        byLast.merge(last, more, Integer::sum);
    }

    private int number(Last last) {
        return byLast.getOrDefault(last, 0);
    }

    private void spread(ScheduledCheck scheduledCheck, long now) {
        file(scheduledCheck, now + (long) (random.nextDouble() * interval(scheduledCheck)));
    }

    private long shortened(long interval) {
        return interval - (long) (random.nextDouble() * JITTER * interval);
    }

    private void file(ScheduledCheck scheduledCheck, long dueAt) {
        scheduledCheck.dueAt = dueAt;
        scheduledCheck.queuePlace = QueuePlace.WHEEL;
        wheel.add(scheduledCheck);
    }

    private static long interval(ScheduledCheck scheduledCheck) {
        return Duration.ofSeconds(scheduledCheck.probe.check().interval()).toNanos();
    }
}
