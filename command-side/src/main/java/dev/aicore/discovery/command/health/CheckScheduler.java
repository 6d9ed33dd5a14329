package dev.aicore.discovery.command.health;

import dev.aicore.discovery.api.error.ErrorCode;
import dev.aicore.discovery.api.error.RegistryException;
import dev.aicore.discovery.command.health.OnDemandCheck.OnDemandResult;
import dev.aicore.discovery.command.health.ScheduledCheck.Last;
import dev.aicore.discovery.command.health.ScheduledCheck.QueuePlace;
import dev.aicore.discovery.healthchecks.probe.Prober.Probe;
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
 * Schedules the health checks of all instances. A check is in one place at a time: in the wheel until it is due, then
 * ready until there is capacity, then under way. So no check runs twice at a time, and the number of waiting checks is
 * bounded by the number of declared checks. The id of a check is the {@linkplain Probe#key() key} of its probe.
 *
 * <p>The current time is an argument, in nanoseconds of the monotonic clock. No method blocks for long. Thread-safe.
 */
final class CheckScheduler {

    /**
     * Duration from which a check is slow, nanoseconds. An instance with two slow checks in a row is heavy; one may be
     * an accident.
     */
    static final long SLOW_NANOS = 250_000_000;

    /** Maximum number of callers that wait for an on-demand check of one instance; further callers are refused. */
    static final int MAX_ON_DEMAND_CALLERS = 64;

    /**
     * Fraction by which an interval may be shortened. It is never lengthened, because leases rely on two checks per
     * lease.
     */
    private static final double JITTER = 0.1;

    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

    private final CheckConcurrencyLimit concurrency;
    private final RandomGenerator random;
    private final CheckWheel wheel;
    private final Map<String, ScheduledCheck> byId = new HashMap<>();
    private final Map<Last, Integer> byLast = new EnumMap<>(Last.class);

    /**
     * Creates a scheduler without checks.
     *
     * @param maxChecks maximum number of concurrent checks
     */
    CheckScheduler(int maxChecks, RandomGenerator random, long now) {
        this.concurrency = new CheckConcurrencyLimit(maxChecks);
        this.random = random;
        this.wheel = new CheckWheel(now);
    }

    /** Numbers of instances per state. */
    record StateCounts(int notCheckedYet, int passing, int failing, int underWay, int ready) {
        int watched() {
            return notCheckedYet + passing + failing;
        }
    }

    /**
     * Schedules the checks of an instance, the first within one interval. Has no effect if the same check is already
     * scheduled.
     */
    synchronized void watch(int shard, Probe probe, long now) {
        var scheduledCheck = byId.get(probe.key());
        if (scheduledCheck == null) {
            scheduledCheck = new ScheduledCheck(probe.key(), shard, probe);
            byId.put(scheduledCheck.id, scheduledCheck);
            count(Last.NONE, 1);
            scheduleRandomly(scheduledCheck, now);
            return;
        }
        scheduledCheck.shard = shard;
        boolean begins = scheduledCheck.stopped;
        if (begins) {
            scheduledCheck.stopped = false;
            // A check that is under way may belong to the time before the stop.
            scheduledCheck.generation++;
            scheduledCheck.last = Last.NONE;
            count(Last.NONE, 1);
        }
        if ((change(scheduledCheck, probe) || begins) && isInWheel(scheduledCheck)) {
            wheel.remove(scheduledCheck);
            scheduleRandomly(scheduledCheck, now);
        }
    }

    /** Sets the check that on-demand callers get, unless the instance is scheduled: then {@link #watch} sets it. */
    synchronized void declare(Probe probe) {
        var scheduledCheck = byId.get(probe.key());
        if (scheduledCheck != null && scheduledCheck.stopped) {
            change(scheduledCheck, probe);
        }
    }

    /** Stops the checks of an instance, if they were scheduled by the same shard. */
    synchronized void remove(int shard, String id) {
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

    /** Stops all checks. */
    synchronized void removeAll() {
        List.copyOf(byId.values()).forEach(scheduledCheck -> remove(scheduledCheck.shard, scheduledCheck.id));
    }

    /** Returns true if the checks of an instance are scheduled by that shard. */
    synchronized boolean isWatched(int shard, String id) {
        var scheduledCheck = byId.get(id);
        return scheduledCheck != null && !scheduledCheck.stopped && scheduledCheck.shard == shard;
    }

    /**
     * Requests a check as soon as there is capacity, whether the instance is scheduled or not. A check that is under
     * way began earlier and does not count as the requested one.
     *
     * @throws RegistryException {@code overloaded} if too many callers wait for a check of the instance
     */
    synchronized CompletableFuture<OnDemandResult> poll(Probe probe, long now) {
        declare(probe);
        var scheduledCheck = byId.get(probe.key());
        if (scheduledCheck == null) {
            scheduledCheck = new ScheduledCheck(probe.key(), -1, probe);
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
        scheduledCheck.onDemandCallers.add(asker);
        if (isInWheel(scheduledCheck)) {
            wheel.remove(scheduledCheck);
            scheduledCheck.queuePlace = QueuePlace.NONE;
        }
        if (scheduledCheck.queuePlace == QueuePlace.NONE) {
            checkSoon(scheduledCheck, now);
        }
        return asker;
    }

    /** Begins the checks that are due. {@link #end} must be called once for each. */
    synchronized List<RunningCheck> begin(long now) {
        wheel.advance(now, this::makeReady);
        var begun = new ArrayList<RunningCheck>();
        for (var next = next(); next != null; next = next()) {
            begun.add(begin(next, now));
        }
        return begun;
    }

    /**
     * Ends a check.
     *
     * @param passed null if the result is unknown
     * @return true if the result counts; false if the check was changed or stopped in the meantime. If true, the caller
     *     must complete the futures of the on-demand callers
     */
    synchronized boolean end(RunningCheck runningCheck, @Nullable Boolean passed, long now) {
        var scheduledCheck = runningCheck.watched();
        concurrency.release(runningCheck.heavy());
        boolean slow = now - runningCheck.begunAt() >= SLOW_NANOS;
        scheduledCheck.heavy = slow && scheduledCheck.slow;
        scheduledCheck.slow = slow;
        scheduledCheck.queuePlace = QueuePlace.NONE;
        boolean stale = isStale(runningCheck);
        if (stale) {
            scheduledCheck.onDemandCallers.addAll(runningCheck.askers());
        }
        boolean counts = !stale && !isUnwanted(runningCheck);
        if (counts && !scheduledCheck.stopped && passed != null) {
            count(scheduledCheck.last, -1);
            scheduledCheck.last = passed ? Last.PASSED : Last.FAILED;
            count(scheduledCheck.last, 1);
        }
        // After a pause all checks are late. Without a new random offset they would be repeated at once, and together
        // from then on.
        boolean anew = stale || runningCheck.lag() > interval(scheduledCheck);
        resume(scheduledCheck, runningCheck.dueAt(), anew, now);
        return counts;
    }

    /** Removes and returns the futures of all callers whose check has not begun, because it never will. */
    synchronized List<CompletableFuture<OnDemandResult>> takeOnDemandCallers() {
        return byId.values().stream()
                .flatMap(scheduledCheck -> scheduledCheck.takeOnDemandCallers().stream())
                .toList();
    }

    /**
     * Returns the nanoseconds until a check may begin, at most {@code most}. While checks are under way this is at most
     * one tick, since they may end at any time.
     */
    synchronized long nanosUntilDue(long now, long maxNanos) {
        return wheel.nanosUntilDue(
                now, concurrency.running() > 0 ? Math.min(maxNanos, CheckWheel.TICK_NANOS) : maxNanos);
    }

    /** Returns true if a check waits and there is capacity for it. */
    synchronized boolean hasReady() {
        return concurrency.isWanted();
    }

    synchronized StateCounts countStates() {
        return new StateCounts(
                number(Last.NONE),
                number(Last.PASSED),
                number(Last.FAILED),
                concurrency.running(),
                concurrency.waiting());
    }

    private void resume(ScheduledCheck scheduledCheck, long dueAt, boolean anew, long now) {
        if (!scheduledCheck.onDemandCallers.isEmpty()) {
            checkSoon(scheduledCheck, now);
        } else if (scheduledCheck.stopped) {
            byId.remove(scheduledCheck.id);
        } else if (anew) {
            scheduleRandomly(scheduledCheck, now);
        } else {
            // Missed checks are not made up for.
            file(scheduledCheck, Math.max(now, dueAt + withJitter(interval(scheduledCheck))));
        }
    }

    private static boolean isStale(RunningCheck runningCheck) {
        return runningCheck.generation() != runningCheck.watched().generation;
    }

    /** Returns true if the checks were stopped in the meantime and no on-demand caller waits. */
    private static boolean isUnwanted(RunningCheck runningCheck) {
        return runningCheck.watched().stopped && runningCheck.askers().isEmpty();
    }

    private static boolean isInWheel(ScheduledCheck scheduledCheck) {
        return scheduledCheck.queuePlace == QueuePlace.WHEEL;
    }

    private static boolean isFull(ScheduledCheck scheduledCheck) {
        return scheduledCheck.onDemandCallers.size() >= MAX_ON_DEMAND_CALLERS;
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

    /** Returns the next check to begin; drops those that were stopped while they waited. */
    private @Nullable ScheduledCheck next() {
        var next = concurrency.next();
        while (next != null && next.stopped && next.onDemandCallers.isEmpty()) {
            byId.remove(next.id);
            next = concurrency.next();
        }
        return next;
    }

    private RunningCheck begin(ScheduledCheck scheduledCheck, long now) {
        scheduledCheck.queuePlace = QueuePlace.RUNNING;
        concurrency.acquire(scheduledCheck.heavy);
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

    private void scheduleRandomly(ScheduledCheck scheduledCheck, long now) {
        file(scheduledCheck, now + (long) (random.nextDouble() * interval(scheduledCheck)));
    }

    private long withJitter(long interval) {
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
