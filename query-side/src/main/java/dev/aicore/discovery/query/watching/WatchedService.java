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

    private final String name;
    private final Set<Waiter> waiting = new HashSet<>();
    private int watchers;
    private long last;
    private long previous;

    /**
     * Creates a service that nobody watches yet.
     *
     * @param since position from which on all changes will be reported; negative if it isn't known yet
     */
    WatchedService(String name, long since) {
        this.name = name;
        this.previous = since;
    }

    String name() {
        return name;
    }

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

    /**
     * Returns the lowest known position after which the service has the same changes as after {@code after}, so that
     * watchers that have read up to different positions request the same changes.
     *
     * @param after position up to which the watch hub has reported all changes
     */
    long unchangedFrom(long after) {
        return last > after && previous >= 0 && previous <= after ? previous : after;
    }

    /** Records a change; removes and returns the watchers that wait for one. */
    List<Waiter> changedAt(long position) {
        if (position > last) {
            previous = last == 0 ? previous : last;
            last = position;
        }
        return release(waiter -> waiter.after < last);
    }

    /** Removes and returns the watchers whose credentials are no longer valid. */
    List<Waiter> removeUnauthorized() {
        return release(waiter -> !waiter.validity.isValid());
    }

    private List<Waiter> release(Predicate<Waiter> condition) {
        var released = waiting.stream().filter(condition).toList();
        released.forEach(Waiter::leave);
        return released;
    }

    Set<Waiter> allWaiters() {
        return waiting;
    }

    /** Waiting watcher. Compared by identity, so not a record: two waits for the same position are different. */
    static final class Waiter {

        private final long after;
        private final MonoSink<Long> sink;
        private final List<WatchedService> services;
        private final CredentialValidity validity;

        /**
         * Creates a waiter.
         *
         * @param after position after which one of the services must change
         */
        Waiter(long after, MonoSink<Long> sink, List<WatchedService> services, CredentialValidity validity) {
            this.after = after;
            this.sink = sink;
            this.services = services;
            this.validity = validity;
        }

        /** Starts to wait; returns false if a change that it waits for has already happened. */
        boolean await() {
            for (var service : services) {
                if (service.last > after) {
                    return false;
                }
            }
            services.forEach(service -> service.waiting.add(this));
            return true;
        }

        /** Ends the wait at all services. */
        void leave() {
            services.forEach(service -> service.waiting.remove(this));
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
