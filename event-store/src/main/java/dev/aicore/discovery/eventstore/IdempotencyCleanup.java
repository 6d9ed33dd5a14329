package dev.aicore.discovery.eventstore;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Deletes expired idempotency keys in small batches, on a thread of its own, so that no append waits for it. */
public final class IdempotencyCleanup implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(IdempotencyCleanup.class);
    private static final int BATCH_SIZE = 1_000;
    private static final int SECONDS_BETWEEN = 30;

    private final IdempotencyStore idempotencyStore;
    private final ScheduledExecutorService timer;

    public IdempotencyCleanup(IdempotencyStore idempotencyStore) {
        this.idempotencyStore = idempotencyStore;
        this.timer = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().name("idempotency-cleanup").factory());
    }

    /** Starts to delete periodically, until closed. */
    public void start() {
        var _ = timer.scheduleWithFixedDelay(this::run, 0, SECONDS_BETWEEN, TimeUnit.SECONDS);
    }

    /** Deletes all keys that have expired by now. */
    void run() {
        try {
            while (!timer.isShutdown() && idempotencyStore.deleteExpired(BATCH_SIZE) == BATCH_SIZE) {
                // repeats after a full batch
            }
        } catch (StoreUnavailableException e) {
            LOG.debug("Failed to delete expired idempotency keys; the next run retries: {}", e.getMessage());
        }
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
