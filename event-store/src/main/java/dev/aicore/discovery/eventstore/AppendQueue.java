package dev.aicore.discovery.eventstore;

import dev.aicore.discovery.config.settings.EventStoreSettings;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** What waits for the lane: units, and the wakes of its timer. Units are bounded, wakes are few. */
final class AppendQueue {

    private enum WakeReason {
        RENEW,
        RETRY,
        STOP
    }

    private final LinkedBlockingQueue<Object> items = new LinkedBlockingQueue<>();
    private final AtomicInteger waiting = new AtomicInteger();
    private final AtomicBoolean renewing = new AtomicBoolean();
    private final EventStoreSettings settings;
    private volatile @Nullable RuntimeException stopped;

    AppendQueue(EventStoreSettings settings) {
        this.settings = settings;
    }

    /**
     * Lets a unit wait.
     *
     * @throws StoreUnavailableException if too many wait already
     * @throws RuntimeException that the lane has stopped with
     */
    void submit(AppendRequest request) {
        if (waiting.incrementAndGet() > settings.maxWaitingUnits()) {
            waiting.decrementAndGet();
            throw StoreUnavailableException.nothingDone(
                    "More than " + settings.maxWaitingUnits() + " units wait for the event store.", null);
        }
        items.add(request);
        var reason = stopped;
        if (reason != null && request.take()) {
            throw reason;
        }
    }

    /**
     * Waits for a unit whose waiter is still there.
     *
     * @return null for a wake: renew the lease, then look whether to go on
     */
    @Nullable
    AppendRequest take() {
        try {
            return accept(items.take());
        } catch (InterruptedException e) {
            throw new IllegalStateException("Nobody interrupts the lane.", e);
        }
    }

    /** The next unit that is there already, else null. */
    @Nullable
    AppendRequest poll() {
        while (items.peek() instanceof AppendRequest) {
            var request = accept(items.remove());
            if (request != null) {
                return request;
            }
        }
        return null;
    }

    /** Fails every unit that comes until the timer says to try again, or to stop. */
    void refuseUntilRetry(RuntimeException reason) {
        try {
            for (var item = items.take(); item != WakeReason.RETRY && item != WakeReason.STOP; item = items.take()) {
                var request = accept(item);
                if (request != null) {
                    request.fail(reason);
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
            var request = accept(item);
            if (request != null) {
                request.fail(reason);
            }
        }
    }

    void wakeToRenew() {
        if (renewing.compareAndSet(false, true)) {
            items.add(WakeReason.RENEW);
        }
    }

    void wakeToRetry() {
        items.add(WakeReason.RETRY);
    }

    void wakeToStop() {
        items.add(WakeReason.STOP);
    }

    private @Nullable AppendRequest accept(Object item) {
        if (item instanceof AppendRequest request) {
            waiting.decrementAndGet();
            return request.take() ? request : null;
        }
        if (item == WakeReason.RENEW) {
            renewing.set(false);
        }
        return null;
    }
}
