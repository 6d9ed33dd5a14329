package dev.aicore.discovery.command.batching;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Detects periods in which requests are not received, because connections are refused or arrived data is read late. No
 * lease expires in that time, and all leases are extended after it. The period is bounded, as self-preservation is:
 * otherwise an overload that never ends would keep dead instances registered permanently.
 */
final class InboundTrafficMonitor {

    /** Time without a sign after which requests count as received again. */
    static final Duration RECOVERY_TIME = Duration.ofSeconds(1);

    private final LongSupplier signs;
    private final long maxNanos;
    private long seenSigns;
    private long seriesBegan;
    private long lastSign;
    private boolean hasSign;
    private boolean notReceiving;

    /**
     * Starts to monitor.
     *
     * @param signs number of signs so far that requests were not received
     * @param maxSuspension maximum time that expiry is suspended, from the first sign of a series; a series ends after
     *     the same time without a sign
     */
    InboundTrafficMonitor(LongSupplier signs, Duration maxSuspension) {
        this.signs = signs;
        this.maxNanos = maxSuspension.toNanos();
        this.seenSigns = signs.getAsLong();
    }

    /** Effect of inbound traffic on the leases. */
    enum InboundState {
        /** Requests are received, or the bound is exceeded. */
        RECEIVING,
        /** Requests are not received: no lease may expire. */
        NOT_RECEIVING,
        /** Requests are received again: all leases must be extended. */
        RECOVERED
    }

    /** Returns the state at a monotonic time in nanoseconds. */
    InboundState check(long nanos) {
        long now = signs.getAsLong();
        if (now != seenSigns) {
            if (!hasSign || nanos - lastSign > maxNanos) {
                seriesBegan = nanos;
            }
            seenSigns = now;
            lastSign = nanos;
            hasSign = true;
            notReceiving = nanos - seriesBegan <= maxNanos;
        } else if (notReceiving && nanos - lastSign >= RECOVERY_TIME.toNanos()) {
            notReceiving = false;
            return InboundState.RECOVERED;
        }
        return notReceiving ? InboundState.NOT_RECEIVING : InboundState.RECEIVING;
    }

    /** Returns the milliseconds from the first sign of the last series to a monotonic time in nanoseconds. */
    long millisSinceFirst(long nanos) {
        return Duration.ofNanos(nanos - seriesBegan).toMillis();
    }

    /**
     * Signs of whether the process receives the requests of its callers.
     *
     * @param refusals number of connections that were refused so far
     * @param allRead completes when everything that had arrived at the time of the call is read; never fails
     * @param bound maximum time that expiry is suspended, from the first sign that requests are not received
     */
    record InboundTraffic(LongSupplier refusals, Supplier<CompletableFuture<Void>> allRead, Duration bound) {

        private static final CompletableFuture<Void> COMPLETED = CompletableFuture.completedFuture(null);

        /** Returns signals of a registry that receives each request at once. */
        static InboundTraffic immediate() {
            return new InboundTraffic(() -> 0, () -> COMPLETED, Duration.ZERO);
        }
    }
}
