package dev.aicore.discovery.command.batching;

import dev.aicore.discovery.config.settings.WriteSettings;

/**
 * How long a batch waits for more while there is nothing urgent in it. What comes alone waits for nobody; under a steady stream a batch fills to
 * the end of the window; callers who all wait for their answers are noticed by the silence, and aren't made to wait for each other.
 *
 * <p>Windows follow one another like ticks of a clock, the same for all shards: what they gathered leaves together, and is
 * one commit instead of one for each.
 */
final class LingerPolicy {

    private static final long MIN_QUIET_NANOS = 300_000;

    private final long windowNanos;
    private final int enough;
    private final long maxQuietNanos;
    private long quietNanos = MIN_QUIET_NANOS;
    private int lastBatch;

    LingerPolicy(WriteSettings settings) {
        windowNanos = settings.windowMax().toNanos();
        enough = settings.batchMin();
        maxQuietNanos = Math.max(MIN_QUIET_NANOS, windowNanos / 5);
    }

    /** Whether to wait at all when so many are there already. */
    boolean isOpen(int waiting) {
        return windowNanos > 0 && waiting < enough && !(waiting <= 1 && lastBatch <= 1);
    }

    /**
     * How long to wait before seeing whether anybody came; 0 if the window is over.
     *
     * @param since when the first of them was seen
     * @param passed how long ago that was
     */
    long nextCheck(long since, long passed) {
        long ends = windowNanos - Math.floorMod(since, windowNanos);
        return Math.max(0, Math.min(quietNanos, ends - passed));
    }

    /**
     * A batch was decided, and its callers don't know yet. If others came meanwhile, then not everybody waits for an answer
     * before asking again, and silence means less: the next one has to be longer.
     */
    void decided(int batch, boolean othersCame) {
        lastBatch = batch;
        long next = othersCame ? quietNanos * 2 : quietNanos * 3 / 4;
        quietNanos = Math.clamp(next, MIN_QUIET_NANOS, maxQuietNanos);
    }
}
