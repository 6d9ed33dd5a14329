package dev.aicore.discovery.client;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Clock and timer of the machine. The only place in the client that reads a clock or waits. */
final class SystemTime implements ClientTime {

    /** Heartbeats, outcomes and the disk may each block one; watchdogs and ejections need another. */
    private static final int THREADS = 4;

    private final ScheduledThreadPoolExecutor executor;

    SystemTime() {
        var numbers = new AtomicInteger();
        executor = new ScheduledThreadPoolExecutor(THREADS, task -> {
            var thread = new Thread(task, "registry-client-" + numbers.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        });
        executor.setRemoveOnCancelPolicy(true);
    }

    @Override
    public Instant instant() {
        return Instant.now();
    }

    @Override
    public long nanoTime() {
        return System.nanoTime();
    }

    @Override
    public Runnable schedule(Duration delay, Runnable task) {
        try {
            var scheduled = executor.schedule(task, delay.toNanos(), TimeUnit.NANOSECONDS);
            return () -> scheduled.cancel(false);
        } catch (RejectedExecutionException e) {
            // Closed meanwhile: nothing is due any more.
            return () -> {};
        }
    }

    @Override
    public void close() {
        executor.shutdownNow();
    }
}
