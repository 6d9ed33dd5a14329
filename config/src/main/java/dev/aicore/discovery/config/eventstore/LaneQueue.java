package dev.aicore.discovery.config.eventstore;

import dev.aicore.discovery.config.settings.EventStoreSettings;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** What waits for the lane: units, and the wakes of its timer. Units are bounded, wakes are few. */
final class LaneQueue {

    private enum Wake {
        RENEW,
        RETRY,
        STOP
    }

    private final LinkedBlockingQueue<Object> items = new LinkedBlockingQueue<>();
    private final AtomicInteger waiting = new AtomicInteger();
    private final AtomicBoolean renewing = new AtomicBoolean();
    private final EventStoreSettings settings;
    private volatile @Nullable RuntimeException stopped;

    LaneQueue(EventStoreSettings settings) {
        this.settings = settings;
    }

    /**
     * Lets a unit wait.
     *
     * @throws StoreUnavailableException if too many wait already
     * @throws RuntimeException that the lane has stopped with
     */
    void submit(Unit unit) {
        if (waiting.incrementAndGet() > settings.maxWaitingUnits()) {
            waiting.decrementAndGet();
            throw StoreUnavailableException.nothingDone(
                    "More than " + settings.maxWaitingUnits() + " units wait for the event store.", null);
        }
        items.add(unit);
        var reason = stopped;
        if (reason != null && unit.take()) {
            throw reason;
        }
    }

    /**
     * Waits for a unit whose waiter is still there.
     *
     * @return null for a wake: renew the lease, then look whether to go on
     */
    @Nullable
    Unit take() {
        try {
            return accept(items.take());
        } catch (InterruptedException e) {
            throw new IllegalStateException("Nobody interrupts the lane.", e);
        }
    }

    /** The next unit that is there already, else null. */
    @Nullable
    Unit poll() {
        while (items.peek() instanceof Unit) {
            var unit = accept(items.remove());
            if (unit != null) {
                return unit;
            }
        }
        return null;
    }

    /** Fails every unit that comes until the timer says to try again, or to stop. */
    void refuseUntilRetry(RuntimeException reason) {
        try {
            for (var item = items.take(); item != Wake.RETRY && item != Wake.STOP; item = items.take()) {
                var unit = accept(item);
                if (unit != null) {
                    unit.fail(reason);
                }
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException("Nobody interrupts the lane.", e);
        }
    }

    /** Fails what waits, and everything that comes later. */
    void stop(RuntimeException reason) {
        stopped = reason;
        for (var item = items.poll(); item != null; item = items.poll()) {
            var unit = accept(item);
            if (unit != null) {
                unit.fail(reason);
            }
        }
    }

    void wakeToRenew() {
        if (renewing.compareAndSet(false, true)) {
            items.add(Wake.RENEW);
        }
    }

    void wakeToRetry() {
        items.add(Wake.RETRY);
    }

    void wakeToStop() {
        items.add(Wake.STOP);
    }

    private @Nullable Unit accept(Object item) {
        if (item instanceof Unit unit) {
            waiting.decrementAndGet();
            return unit.take() ? unit : null;
        }
        if (item == Wake.RENEW) {
            renewing.set(false);
        }
        return null;
    }
}
