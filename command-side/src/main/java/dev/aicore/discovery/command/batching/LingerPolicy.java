package dev.aicore.discovery.command.batching;

import dev.aicore.discovery.config.settings.WriteSettings;

/**
 * Decides how long a batch without urgent commands lingers. A single command after a batch of at most one does not
 * linger. Under a steady stream a batch fills until the end of the window. If all callers wait for their replies, no
 * further command arrives; after a quiet time the batch is decided, so that the callers do not wait for each other.
 *
 * <p>The windows are aligned to fixed ticks, the same for all shards: the batches of all shards end together and share
 * one commit.
 */
final class LingerPolicy {

    private static final long MIN_QUIET_NANOS = 300_000;

    private final long windowNanos;
    private final int minBatchSize;
    private final long maxQuietNanos;
    private long quietNanos = MIN_QUIET_NANOS;
    private int lastBatch;

    LingerPolicy(WriteSettings settings) {
        windowNanos = settings.maxLinger().toNanos();
        minBatchSize = settings.minBatchSize();
        maxQuietNanos = Math.max(MIN_QUIET_NANOS, windowNanos / 5);
    }

    /** Returns true if the batch should linger when so many commands are queued. */
    boolean isOpen(int waiting) {
        return windowNanos > 0 && waiting < minBatchSize && !(waiting <= 1 && lastBatch <= 1);
    }

    /**
     * Returns the nanoseconds to wait before the queue is polled again; 0 if the window is over.
     *
     * @param since monotonic time at which the first command was seen, nanoseconds
     * @param passed nanoseconds since then
     */
    long nextCheck(long since, long passed) {
        long ends = windowNanos - Math.floorMod(since, windowNanos);
        return Math.max(0, Math.min(quietNanos, ends - passed));
    }

    /**
     * Adapts the quiet time to a decided batch, whose callers have not received their replies yet. If further commands
     * arrived during the decision, not all callers wait for a reply before their next request; a quiet period means
     * less then, and the next one must be longer.
     */
    void decided(int batch, boolean othersCame) {
        lastBatch = batch;
        long next = othersCame ? quietNanos * 2 : quietNanos * 3 / 4;
        quietNanos = Math.clamp(next, MIN_QUIET_NANOS, maxQuietNanos);
    }
}
