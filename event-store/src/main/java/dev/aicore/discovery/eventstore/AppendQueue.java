package dev.aicore.discovery.eventstore;

import dev.aicore.discovery.config.settings.EventStoreSettings;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Queues append requests and the wake-ups of the timer for the appender's thread. The number of requests is bounded;
 * wake-ups are few.
 */
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
     * Adds a request.
     *
     * @throws StoreUnavailableException if the queue is full
     * @throws RuntimeException the reason for which the appender has stopped
     */
    void submit(AppendRequest request) {
        if (waiting.incrementAndGet() > settings.maxWaitingUnits()) {
            waiting.decrementAndGet();
            throw StoreUnavailableException.nothingDone(
                    "More than " + settings.maxWaitingUnits() + " append requests wait for the event store.", null);
        }
        items.add(request);
        var reason = stopped;
        if (reason != null && request.tryClaim()) {
            throw reason;
        }
    }

    /**
     * Waits for a request.
     *
     * @return the request; null for a wake-up, or for a request that its caller has abandoned: renew the lease, then
     *     check whether to continue
     */
    @Nullable
    AppendRequest take() {
        try {
            return accept(items.take());
        } catch (InterruptedException e) {
            throw new IllegalStateException("The appender thread must not be interrupted.", e);
        }
    }

    /**
     * Returns the next request before the next wake-up, without requests that their callers have abandoned; null if
     * there is none. Doesn't wait.
     */
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

    /** Fails every request that arrives until the timer requests a retry or a stop. */
    void rejectUntilRetry(RuntimeException reason) {
        try {
            for (var item = items.take(); item != WakeReason.RETRY && item != WakeReason.STOP; item = items.take()) {
                var request = accept(item);
                if (request != null) {
                    request.fail(reason);
                }
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException("The appender thread must not be interrupted.", e);
        }
    }

    /** Fails all waiting requests and all later ones. */
    void stop(RuntimeException reason) {
        stopped = reason;
        failWaiting(reason);
    }

    /** Fails all waiting requests. */
    void failWaiting(RuntimeException reason) {
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
            return request.tryClaim() ? request : null;
        }
        if (item == WakeReason.RENEW) {
            renewing.set(false);
        }
        return null;
    }
}
