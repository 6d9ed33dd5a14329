package dev.aicore.discovery.client.testing;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Present faults of a test registry. Thread-safe. */
final class RegistryFaults {

    private volatile Duration delay = Duration.ZERO;
    private volatile int refusal;
    private volatile boolean muted;
    private volatile boolean streamless;
    private volatile long epoch;
    private volatile CountDownLatch end = new CountDownLatch(1);

    void slow(Duration duration) {
        delay = duration;
    }

    void refuse(int status) {
        refusal = status;
        cut();
    }

    void mute() {
        muted = true;
    }

    void withoutStreams() {
        streamless = true;
        cut();
    }

    /** Ends all streams, and what waits for a delay. */
    synchronized void cut() {
        epoch++;
        end.countDown();
        end = new CountDownLatch(1);
    }

    void clear() {
        delay = Duration.ZERO;
        refusal = 0;
        muted = false;
        streamless = false;
        cut();
    }

    long epoch() {
        return epoch;
    }

    boolean isMuted() {
        return muted;
    }

    boolean isStreamless() {
        return streamless;
    }

    void apply() throws InterruptedException {
        if (!delay.isZero()) {
            var ignored = end.await(delay.toMillis(), TimeUnit.MILLISECONDS);
        }
        int status = refusal;
        if (status != 0) {
            throw Refusal.of(status, code(status), "The registry refuses everything for now.");
        }
    }

    private static String code(int status) {
        return switch (status) {
            case 401 -> "unauthorized";
            case 403 -> "forbidden";
            case 404 -> "not_found";
            case 429 -> "rate_limited";
            case 503 -> "overloaded";
            default -> "internal";
        };
    }
}
