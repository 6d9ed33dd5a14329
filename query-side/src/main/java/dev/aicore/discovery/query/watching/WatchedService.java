package dev.aicore.discovery.query.watching;

import dev.aicore.discovery.access.CredentialValidity;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import reactor.core.publisher.MonoSink;

/**
 * Watched service with the watchers that wait for its next change. Not thread-safe; the watch hub serializes access.
 */
final class WatchedService {

    private final Set<Waiter> waiting = new HashSet<>();
    private int watchers;
    private long last;

    void addWatcher() {
        watchers++;
    }

    /** Removes a watcher; returns true if it was the last one. */
    boolean removeWatcher() {
        return --watchers == 0;
    }

    /** Returns the position of the last change since the service is watched; 0 if there was none. */
    long last() {
        return last;
    }

    /** Records a change; removes and returns the watchers that wait for one. */
    List<Waiter> changedAt(long position) {
        last = Math.max(last, position);
        return release(waiter -> waiter.after < last);
    }

    /** Removes and returns the watchers whose credentials are no longer valid. */
    List<Waiter> removeUnauthorized() {
        return release(waiter -> !waiter.validity.isValid());
    }

    private List<Waiter> release(Predicate<Waiter> condition) {
        var released = waiting.stream().filter(condition).toList();
        released.forEach(waiting::remove);
        return released;
    }

    /** Adds a waiting watcher; returns false if the change it waits for has already happened. */
    boolean await(Waiter waiter) {
        return waiter.after >= last && waiting.add(waiter);
    }

    void removeWaiter(Waiter waiter) {
        waiting.remove(waiter);
    }

    Set<Waiter> allWaiters() {
        return waiting;
    }

    /** Waiting watcher. Compared by identity, so not a record: two waits for the same position are different. */
    static final class Waiter {

        private final long after;
        private final MonoSink<Long> sink;
        private final CredentialValidity validity;

        /**
         * Creates a waiter.
         *
         * @param after position after which a change must happen
         */
        Waiter(long after, MonoSink<Long> sink, CredentialValidity validity) {
            this.after = after;
            this.sink = sink;
            this.validity = validity;
        }

        /** Completes the wait with the position up to which changes can be read. */
        void complete(long position) {
            sink.success(position);
        }

        /** Completes the wait without a position: there is nothing more to wait for. */
        void dismiss() {
            sink.success();
        }
    }
}
