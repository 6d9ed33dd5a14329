package dev.aicore.discovery.projection.processing;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.concurrent.CompletableFuture;

/** Position of one projection, which only increases, and its waiters. Thread-safe. */
final class Watermark {

    private record Waiter(long position, CompletableFuture<Long> reached) {}

    private final PriorityQueue<Waiter> waiters = new PriorityQueue<>(Comparator.comparingLong(Waiter::position));
    private long position;

    synchronized long position() {
        return position;
    }

    synchronized boolean isAwaited() {
        waiters.removeIf(waiter -> waiter.reached().isDone());
        return !waiters.isEmpty();
    }

    /** Moves the position forward; returns false if it is already there or beyond. */
    boolean advance(long reached) {
        List<Waiter> done;
        synchronized (this) {
            if (reached <= position) {
                return false;
            }
            position = reached;
            done = new ArrayList<>();
            for (var next = waiters.peek(); next != null && next.position() <= reached; next = waiters.peek()) {
                done.add(waiters.remove());
            }
        }
        // Outside the lock: completing a future runs the waiter's code on this thread.
        done.forEach(waiter -> waiter.reached().complete(reached));
        return true;
    }

    synchronized CompletableFuture<Long> awaiting(long wanted) {
        if (wanted <= position) {
            return CompletableFuture.completedFuture(position);
        }
        var waiter = new Waiter(wanted, new CompletableFuture<>());
        waiters.add(waiter);
        return waiter.reached();
    }
}
