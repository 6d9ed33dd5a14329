package dev.aicore.discovery.query.watching;

import dev.aicore.discovery.access.CredentialValidity;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import reactor.core.publisher.MonoSink;

/** A service that is watched, and who waits for it to change. The feed lets one thread at a time in. */
final class WatchedService {

    private final Set<Waiter> waiting = new HashSet<>();
    private int seats;
    private long last;

    void enter() {
        seats++;
    }

    /** True if that was the last watcher. */
    boolean leave() {
        return --seats == 0;
    }

    /** Position of its last change since somebody watches; 0 if there was none. */
    long last() {
        return last;
    }

    /** Takes note of a change, and lets those go who wait for one. */
    List<Waiter> changedAt(long position) {
        last = Math.max(last, position);
        return release(waiter -> waiter.after < last);
    }

    /** Lets those go who may wait no longer. */
    List<Waiter> notAdmitted() {
        return release(waiter -> !waiter.validity.holds());
    }

    private List<Waiter> release(Predicate<Waiter> which) {
        var gone = waiting.stream().filter(which).toList();
        gone.forEach(waiting::remove);
        return gone;
    }

    /** False if there is no need to wait. */
    boolean await(Waiter waiter) {
        return waiter.after >= last && waiting.add(waiter);
    }

    void forget(Waiter waiter) {
        waiting.remove(waiter);
    }

    Set<Waiter> all() {
        return waiting;
    }

    /** Two that wait for the same are two: it is no record. */
    static final class Waiter {

        private final long after;
        private final MonoSink<Long> sink;
        private final CredentialValidity validity;

        /** @param after position behind which a change must be */
        Waiter(long after, MonoSink<Long> sink, CredentialValidity validity) {
            this.after = after;
            this.sink = sink;
            this.validity = validity;
        }

        /** It may read up to there. */
        void tell(long position) {
            sink.success(position);
        }

        /** There is nothing more to wait for. */
        void dismiss() {
            sink.success();
        }
    }
}
