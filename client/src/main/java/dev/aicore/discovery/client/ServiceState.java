package dev.aicore.discovery.client;

import dev.aicore.discovery.client.ClientStatus.PickCounts;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Kept list of a watched service, which all its users share. Written by the thread of its watch; read by any thread. An
 * error never replaces the list, only a newer list does.
 */
final class ServiceState {

    private static final System.Logger LOG = System.getLogger(RegistryClient.class.getName());

    private static final int MAX_EJECTED_PERCENT = 30;
    private static final long NANOS = 1_000_000_000L;
    private static final long NONE = -1;

    private final String name;
    private final ClientTime time;
    private final ChangeListeners listeners;
    private final ClientCounters counters;
    private final LongAdder succeeded = new LongAdder();
    private final LongAdder failed = new LongAdder();
    private final LongAdder none = new LongAdder();
    private final AtomicLong ejections = new AtomicLong();
    private final CountDownLatch first = new CountDownLatch(1);
    private volatile @Nullable ServiceList list;
    private volatile boolean used = true;
    private volatile boolean watched;

    /** When the list was last confirmed; null before the first list. */
    private volatile @Nullable Confirmation confirmation;

    /** Position up to which changes were applied; -1 if the next snapshot is of an unknown or other store. */
    private long applied = NONE;

    /** Position up to which the list is complete; -1 if it has none in the present store. */
    private volatile long completeUpTo = NONE;

    ServiceState(String name, ClientTime time, Executor executor, ClientCounters counters) {
        this.name = name;
        this.time = time;
        this.listeners = new ChangeListeners(executor);
        this.counters = counters;
    }

    String name() {
        return name;
    }

    @Nullable
    ServiceList list() {
        return list;
    }

    /** Returns the number of own ejections and readmissions so far. */
    long ejections() {
        return ejections.get();
    }

    /** Records the outcome of a call, and ejects the instance for a while if too many failed. */
    void record(ListedInstance listed, boolean success) {
        (success ? succeeded : failed).increment();
        if (listed.stats().record(success, time.nanoTime())) {
            eject(listed);
        }
    }

    /** Counts a pick that found no instance. */
    void recordNone() {
        none.increment();
    }

    PickCounts picks() {
        return new PickCounts(succeeded.sum(), failed.sum(), none.sum());
    }

    /** Ejects at most 30 % of the eligible instances, but one of two or more, and never the last one. */
    private synchronized void eject(ListedInstance listed) {
        var present = list;
        if (present == null || listed.stats().isEjected()) {
            return;
        }
        int eligible = 0;
        int ejected = 0;
        for (var other : present.instances()) {
            if (other.isEligible(present.panic())) {
                eligible++;
                ejected += other.stats().isEjected() ? 1 : 0;
            }
        }
        if (ejected < Math.max(1, eligible * MAX_EJECTED_PERCENT / 100) && eligible - ejected > 1) {
            long nanos = listed.stats().eject(time.nanoTime());
            ejections.incrementAndGet();
            LOG.log(
                    Level.INFO,
                    "{0} of {1} is not picked for {2} s: its calls failed.",
                    listed.id(),
                    name,
                    nanos / NANOS);
            time.schedule(Duration.ofNanos(nanos), () -> {
                listed.stats().readmit();
                ejections.incrementAndGet();
            });
        }
    }

    // --- written by the watch --------------------------------------------------------------------------------

    /** Replaces the list by a snapshot. */
    synchronized void replace(Collection<RegisteredInstance> snapshot, long position, double panicThreshold) {
        var before = list;
        var next = ServiceList.of(snapshot, position, panicThreshold, before);
        explainEmpty(before, next, "the registry's list");
        applied = position;
        completeUpTo = position;
        confirm();
        publish(next, ChangeListeners.snapshot(name, position));
    }

    /** Applies a change, unless it was applied before. */
    synchronized void apply(ServiceChange change) {
        var before = list;
        if (before == null || change.position() <= applied) {
            return;
        }
        applied = change.position();
        completeUpTo = Math.max(completeUpTo, applied);
        var instance = change.instance();
        String id = change.id();
        if (instance != null) {
            publish(before.with(instance, change.position()), change);
        } else if (id != null) {
            var next = before.without(id, change.position());
            explainEmpty(before, next, id + " was " + change.reason());
            publish(next, change);
        }
    }

    /** Offers a list of the disk, which anything from the registry replaces. */
    synchronized void restore(Collection<RegisteredInstance> saved, long position, double panicThreshold, Instant at) {
        if (list == null) {
            confirmation = new Confirmation(null, at);
            completeUpTo = position;
            publish(ServiceList.of(saved, position, panicThreshold, null), ChangeListeners.snapshot(name, position));
        }
    }

    /** Records that the registry has confirmed the list. */
    void confirm() {
        confirmation = new Confirmation(time.nanoTime(), time.instant());
    }

    /** Records that the registry has confirmed the list, which has all changes up to a position. */
    synchronized void confirm(long position) {
        completeUpTo = Math.max(completeUpTo, position);
        confirm();
    }

    /** Keeps the list, but lets a snapshot of another store with any position replace it. */
    synchronized void forgetPosition() {
        applied = NONE;
        completeUpTo = NONE;
    }

    private void publish(ServiceList next, ServiceChange change) {
        list = next;
        counters.change(change.type(), change.at(), time.instant());
        first.countDown();
        listeners.publish(change);
    }

    private void explainEmpty(@Nullable ServiceList before, ServiceList next, String cause) {
        if (before != null && next.instances().isEmpty() && !before.instances().isEmpty()) {
            LOG.log(Level.INFO, "{0} has no instances any more: {1}.", name, cause);
        }
    }

    // --- read by users ---------------------------------------------------------------------------------------

    synchronized Service.Subscription listen(Consumer<ServiceChange> consumer) {
        var present = list;
        return listeners.add(consumer, present == null ? null : ChangeListeners.snapshot(name, present.position()));
    }

    boolean awaitFirst(Duration timeout) throws InterruptedException {
        return first.await(Math.max(0, timeout.toNanos()), TimeUnit.NANOSECONDS);
    }

    /** Returns the position up to which the list is complete; -1 if there is no list of the present store. */
    long completeUpTo() {
        return completeUpTo;
    }

    @Nullable
    Instant confirmedAt() {
        var last = confirmation;
        return last == null ? null : last.at();
    }

    /** Returns the time since the last confirmation; null before the first list. */
    @Nullable
    Duration age() {
        var last = confirmation;
        if (last == null) {
            return null;
        }
        Long nanos = last.nanos();
        if (nanos != null) {
            return Duration.ofNanos(time.nanoTime() - nanos);
        }
        var sinceSaved = Duration.between(last.at(), time.instant());
        return sinceSaved.isNegative() ? Duration.ZERO : sinceSaved;
    }

    /** Returns true if the registry itself has confirmed the list. */
    boolean isConfirmed() {
        var last = confirmation;
        return last != null && last.nanos() != null;
    }

    Freshness freshness() {
        var age = age();
        if (age == null) {
            return Freshness.MISSING;
        }
        if (!isConfirmed() || age.compareTo(WatchLoop.MAX_SILENCE) > 0) {
            return Freshness.STALE;
        }
        return age.compareTo(WatchLoop.MAX_SILENCE.dividedBy(2)) > 0 ? Freshness.SUSPECT : Freshness.LIVE;
    }

    // --- use, from which the client derives what to watch ----------------------------------------------------

    void touch() {
        if (!used) {
            used = true;
        }
    }

    /** Returns true if the service was used since the last call, or has listeners. */
    boolean wasUsed() {
        boolean was = used || !listeners.isEmpty();
        used = false;
        return was;
    }

    boolean isWatched() {
        return watched;
    }

    void watched(boolean value) {
        watched = value;
    }

    /**
     * Confirmation of a list.
     *
     * @param nanos time of the monotonic clock; null if the list is from the disk
     */
    private record Confirmation(@Nullable Long nanos, Instant at) {}
}
