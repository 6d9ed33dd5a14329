package dev.aicore.discovery.eventstore.axon;

import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Writes snapshots, one after the other. At the end the one that is under way is waited for, and the others are given up: they only spare
 * the next start some reading, and are due again after it.
 */
final class SnapshotExecutor implements Executor, AutoCloseable {

    private final ThreadPoolExecutor thread = new ThreadPoolExecutor(
            1,
            1,
            0,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            Thread.ofPlatform().daemon().name("snapshotter").factory());
    private final Duration patience;

    /** @param patience how long the last one may take once this is closed */
    SnapshotExecutor(Duration patience) {
        this.patience = patience;
    }

    /** Never more than one of an aggregate waits: the framework sees to that. */
    @Override
    public void execute(Runnable snapshot) {
        thread.execute(snapshot);
    }

    @Override
    public void close() {
        thread.getQueue().clear();
        thread.shutdown();
        try {
            if (!thread.awaitTermination(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                thread.shutdownNow();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
