package dev.aicore.discovery.client.testing;

import dev.aicore.discovery.client.ClientTime;
import java.time.Duration;
import java.time.Instant;
import java.util.PriorityQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;

/** Clock of a client that a test advances. Tasks without a delay run at once, others when they are due. */
final class ManualTime implements ClientTime {

    private final PriorityQueue<Task> tasks = new PriorityQueue<>();
    private final ExecutorService executor = Executors.newCachedThreadPool(task -> {
        var thread = new Thread(task, "manual-time");
        thread.setDaemon(true);
        return thread;
    });
    private long nanos = 1_000_000_000_000L;
    private Instant wall = Instant.parse("2026-12-01T12:00:00Z");
    private long number;

    private record Task(long due, long number, Runnable work, AtomicBoolean cancelled) implements Comparable<Task> {

        @Override
        public int compareTo(Task other) {
            int order = Long.compare(due, other.due);
            return order != 0 ? order : Long.compare(number, other.number);
        }
    }

    @Override
    public synchronized Instant instant() {
        return wall;
    }

    @Override
    public synchronized long nanoTime() {
        return nanos;
    }

    @Override
    public synchronized Runnable schedule(Duration delay, Runnable work) {
        var cancelled = new AtomicBoolean();
        var task = new Task(nanos + delay.toNanos(), number++, work, cancelled);
        if (delay.isZero()) {
            run(task);
        } else {
            tasks.add(task);
        }
        return () -> cancelled.set(true);
    }

    /** Advances both clocks, and starts what is due. */
    synchronized void advance(Duration time) {
        nanos += time.toNanos();
        wall = wall.plus(time);
        while (!tasks.isEmpty() && tasks.peek().due() <= nanos) {
            run(tasks.poll());
        }
    }

    /** Sets the wall clock forward or back, as an administrator would. */
    synchronized void jump(Duration time) {
        wall = wall.plus(time);
    }

    private void run(Task task) {
        if (!executor.isShutdown()) {
            executor.execute(() -> {
                if (!task.cancelled().get()) {
                    task.work().run();
                }
            });
        }
    }

    @Override
    public void close() {
        executor.shutdownNow();
    }
}
