package dev.aicore.discovery.command.collector;

import dev.aicore.discovery.config.settings.WriteSettings;

/**
 * How long to wait for more requests. A lone caller waits for nobody; under a steady stream a batch fills for the whole
 * window; callers who all wait for their answers are noticed by the silence, and aren't made to wait for each other.
 */
final class Window {

    /** Silence of so many usual gaps means that nobody else is coming. */
    private static final int GAPS = 6;

    private static final long SHORTEST_QUIET_NANOS = 300_000;

    private final long windowNanos;
    private final int enough;
    private final long longestQuietNanos;
    private long gapNanos;
    private int lastBatch;

    Window(WriteSettings settings) {
        windowNanos = settings.windowMax().toNanos();
        enough = settings.batchMin();
        longestQuietNanos = Math.max(SHORTEST_QUIET_NANOS, windowNanos / 5);
        gapNanos = SHORTEST_QUIET_NANOS;
    }

    /** Whether to wait at all when so many are there already. */
    boolean isOpen(int waiting) {
        return windowNanos > 0 && waiting < enough && !(waiting <= 1 && lastBatch <= 1);
    }

    /** How long to wait, after so much has passed, before seeing whether anybody came; 0 if the window is over. */
    long nextLook(long passedNanos) {
        long quiet = Math.clamp(gapNanos * GAPS, SHORTEST_QUIET_NANOS, longestQuietNanos);
        return Math.max(0, Math.min(quiet, windowNanos - passedNanos));
    }

    /** A batch leaves that so many joined while the window was open for so long. */
    void closed(int batch, int joined, long passedNanos) {
        lastBatch = batch;
        if (joined > 0) {
            gapNanos = (gapNanos * 3 + passedNanos / joined) / 4;
        }
    }
}
