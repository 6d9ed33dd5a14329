package dev.aicore.discovery.command.monitor;

import dev.aicore.discovery.api.error.ErrorCode;
import dev.aicore.discovery.api.error.RegistryException;
import dev.aicore.discovery.command.monitor.Watched.Last;
import dev.aicore.discovery.command.monitor.Watched.Place;
import dev.aicore.discovery.command.probe.Probe;
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
final class Schedule {

    /** A check that takes so long is slow. An instance with two such checks in a row is heavy: one may be an accident. */
    static final long SLOW_NANOS = 250_000_000;

    /** More who wait for a check of one instance are refused. */
    static final int MOST_ASKERS = 64;

    /** An interval is shortened by up to a tenth: never lengthened, since leases count on two of them. */
    private static final double JITTER = 0.1;

    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

    private final Room room;
    private final RandomGenerator random;
    private final CheckWheel wheel;
    private final Map<String, Watched> byId = new HashMap<>();
    private final Map<Last, Integer> byLast = new EnumMap<>(Last.class);

    /** @param most checks that may be under way at once */
    Schedule(int most, RandomGenerator random, long now) {
        this.room = new Room(most);
        this.random = random;
        this.wheel = new CheckWheel(now);
    }

    /** How many there are. */
    record Census(int notCheckedYet, int passing, int failing, int underWay, int ready) {
        int watched() {
            return notCheckedYet + passing + failing;
        }
    }

    /** From here on it is checked like that, first within one interval. Nothing happens if it is already. */
    synchronized void watch(int shard, Probe probe, long now) {
        var watched = byId.get(probe.id());
        if (watched == null) {
            watched = new Watched(probe.id(), shard, probe);
            byId.put(watched.id, watched);
            count(Last.NONE, 1);
            spread(watched, now);
            return;
        }
        watched.shard = shard;
        boolean begins = watched.stopped;
        if (begins) {
            watched.stopped = false;
            // What is under way may be of an earlier life.
            watched.generation++;
            watched.last = Last.NONE;
            count(Last.NONE, 1);
        }
        if ((change(watched, probe) || begins) && isInWheel(watched)) {
            wheel.remove(watched);
            spread(watched, now);
        }
    }

    /** From here on who asks has it looked at like that. If it is watched, {@link #watch} says how. */
    synchronized void declare(Probe probe) {
        var watched = byId.get(probe.id());
        if (watched != null && watched.stopped) {
            change(watched, probe);
        }
    }

    /** It isn't checked any more, as far as that shard knows. */
    synchronized void forget(int shard, String id) {
        var watched = byId.get(id);
        if (watched == null || watched.stopped || watched.shard != shard) {
            return;
        }
        watched.stopped = true;
        count(watched.last, -1);
        if (isInWheel(watched)) {
            wheel.remove(watched);
            byId.remove(id);
        }
    }

    /** Whether it is checked, by what that shard says. */
    synchronized boolean isWatched(int shard, String id) {
        var watched = byId.get(id);
        return watched != null && !watched.stopped && watched.shard == shard;
    }

    /**
     * Has it looked at as soon as there is room, whether it is watched or not. A check that is under way began before, and so doesn't
     * count as this one.
     *
     * @throws RegistryException {@code overloaded} if too many wait for it
     */
    synchronized CompletableFuture<Looked> look(Probe probe, long now) {
        declare(probe);
        var watched = byId.get(probe.id());
        if (watched == null) {
            watched = new Watched(probe.id(), -1, probe);
            watched.stopped = true;
            byId.put(watched.id, watched);
        }
        if (isFull(watched)) {
            throw new RegistryException(
                    ErrorCode.OVERLOADED,
                    MOST_ASKERS + " callers wait for a check of '" + watched.id + "' already.",
                    RETRY_AFTER);
        }
        var asker = new CompletableFuture<Looked>();
        watched.askers.add(asker);
        if (isInWheel(watched)) {
            wheel.remove(watched);
            watched.place = Place.NOWHERE;
        }
        if (watched.place == Place.NOWHERE) {
            hurry(watched, now);
        }
        return asker;
    }

    /** The checks to begin now, for each of which {@link #end} is to be called once. */
    synchronized List<Run> begin(long now) {
        wheel.turn(now, this::makeReady);
        var begun = new ArrayList<Run>();
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
    synchronized boolean end(Run run, @Nullable Boolean passed, long now) {
        var watched = run.watched();
        room.leave(run.heavy());
        boolean slow = now - run.begunAt() >= SLOW_NANOS;
        watched.heavy = slow && watched.slow;
        watched.slow = slow;
        watched.place = Place.NOWHERE;
        boolean stale = isStale(run);
        if (stale) {
            watched.askers.addAll(run.askers());
        }
        boolean counts = !stale && !isUnwanted(run);
        if (counts && !watched.stopped && passed != null) {
            count(watched.last, -1);
            watched.last = passed ? Last.PASSED : Last.FAILED;
            count(watched.last, 1);
        }
        // After a standstill all are late, and would else be checked again at once, and together from then on.
        boolean anew = stale || run.lag() > interval(watched);
        goOn(watched, run.dueAt(), anew, now);
        return counts;
    }

    /** Ends the wait of all who asked for a check that hasn't begun: it never will. */
    synchronized List<CompletableFuture<Looked>> takeAskers() {
        return byId.values().stream()
                .flatMap(watched -> watched.takeAskers().stream())
                .toList();
    }

    /** How long there is nothing to begin, in nanoseconds, up to {@code most}. What is under way may come back at any moment. */
    synchronized long quiet(long now, long most) {
        return wheel.quiet(now, room.taken() > 0 ? Math.min(most, CheckWheel.TICK_NANOS) : most);
    }

    /** Whether something waits for room, and there is some. */
    synchronized boolean hasReady() {
        return room.isWanted();
    }

    synchronized Census census() {
        return new Census(number(Last.NONE), number(Last.PASSED), number(Last.FAILED), room.taken(), room.waiting());
    }

    private void goOn(Watched watched, long dueAt, boolean anew, long now) {
        if (!watched.askers.isEmpty()) {
            hurry(watched, now);
        } else if (watched.stopped) {
            byId.remove(watched.id);
        } else if (anew) {
            spread(watched, now);
        } else {
            // What is owed of the past isn't made up for.
            file(watched, Math.max(now, dueAt + shortened(interval(watched))));
        }
    }

    private static boolean isStale(Run run) {
        return run.generation() != run.watched().generation;
    }

    /** Whether it was stopped meanwhile, and nobody asked. */
    private static boolean isUnwanted(Run run) {
        return run.watched().stopped && run.askers().isEmpty();
    }

    private static boolean isInWheel(Watched watched) {
        return watched.place == Place.WHEEL;
    }

    private static boolean isFull(Watched watched) {
        return watched.askers.size() >= MOST_ASKERS;
    }

    private static boolean change(Watched watched, Probe probe) {
        if (watched.probe.equals(probe)) {
            return false;
        }
        watched.probe = probe;
        watched.generation++;
        return true;
    }

    private void hurry(Watched watched, long now) {
        watched.dueAt = now;
        watched.place = Place.READY;
        room.awaitFirst(watched);
    }

    private void makeReady(Watched watched) {
        watched.place = Place.READY;
        room.await(watched);
    }

    /** Who begins next. Those that were stopped while they waited are dropped. */
    private @Nullable Watched next() {
        var next = room.next();
        while (next != null && next.stopped && next.askers.isEmpty()) {
            byId.remove(next.id);
            next = room.next();
        }
        return next;
    }

    private Run begin(Watched watched, long now) {
        watched.place = Place.UNDER_WAY;
        room.enter(watched.heavy);
        return new Run(
                watched, watched.generation, watched.probe, watched.dueAt, now, watched.heavy, watched.takeAskers());
    }

    private void count(Last last, int more) {
        byLast.merge(last, more, Integer::sum);
    }

    private int number(Last last) {
        return byLast.getOrDefault(last, 0);
    }

    private void spread(Watched watched, long now) {
        file(watched, now + (long) (random.nextDouble() * interval(watched)));
    }

    private long shortened(long interval) {
        return interval - (long) (random.nextDouble() * JITTER * interval);
    }

    private void file(Watched watched, long dueAt) {
        watched.dueAt = dueAt;
        watched.place = Place.WHEEL;
        wheel.add(watched);
    }

    private static long interval(Watched watched) {
        return Duration.ofSeconds(watched.probe.check().interval()).toNanos();
    }
}
