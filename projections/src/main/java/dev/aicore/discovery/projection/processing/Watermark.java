package dev.aicore.discovery.projection.processing;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.concurrent.CompletableFuture;

/** One projection's position, which only grows, and who waits for it. */
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

    /** Moves on, never back; true if it moved. */
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
        // Outside the lock: whoever waited goes on in here.
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
