package dev.aicore.discovery.eventstore.axon;

import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Writes snapshots one after another. Closing waits for the running snapshot and discards the waiting ones: they only
 * save reads at the next start, and are due again after it.
 */
final class SnapshotExecutor implements Executor, AutoCloseable {

    private final ThreadPoolExecutor thread = new ThreadPoolExecutor(
            1,
            1,
            0,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            Thread.ofPlatform().daemon().name("snapshotter").factory());
    private final Duration closeTimeout;

    /** @param closeTimeout maximum wait for the running snapshot on close */
    SnapshotExecutor(Duration closeTimeout) {
        this.closeTimeout = closeTimeout;
    }

    /** Queues a snapshot. Axon makes sure that at most one snapshot of an aggregate waits. */
    @Override
    public void execute(Runnable snapshot) {
        thread.execute(snapshot);
    }

    @Override
    public void close() {
        thread.getQueue().clear();
        thread.shutdown();
        try {
            if (!thread.awaitTermination(closeTimeout.toMillis(), TimeUnit.MILLISECONDS)) {
                thread.shutdownNow();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
