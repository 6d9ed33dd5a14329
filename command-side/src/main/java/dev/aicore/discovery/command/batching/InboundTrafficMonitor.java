package dev.aicore.discovery.command.batching;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Detects periods in which requests are not received, because connections are refused or arrived data is read late. No
 * lease expires in that time, and all leases are extended after it. The period is bounded, as self-preservation is:
 * otherwise an overload that never ends would keep dead instances registered permanently.
 */
final class InboundTrafficMonitor {

    /** Time without a sign after which requests count as received again. */
    static final Duration QUIET = Duration.ofSeconds(1);

    private final LongSupplier signs;
    private final long bound;
    private long seen;
    private long began;
    private long last;
    private boolean ever;
    private boolean deaf;

    /**
     * Starts to monitor.
     *
     * @param signs number of signs so far that requests were not received
     * @param bound maximum time that expiry is suspended, from the first sign of a series; a series ends after the same
     *     time without a sign
     */
    InboundTrafficMonitor(LongSupplier signs, Duration bound) {
        this.signs = signs;
        this.bound = bound.toNanos();
        this.seen = signs.getAsLong();
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
        if (now != seen) {
            if (!ever || nanos - last > bound) {
                began = nanos;
            }
            seen = now;
            last = nanos;
            ever = true;
            deaf = nanos - began <= bound;
        } else if (deaf && nanos - last >= QUIET.toNanos()) {
            deaf = false;
            return InboundState.RECOVERED;
        }
        return deaf ? InboundState.NOT_RECEIVING : InboundState.RECEIVING;
    }

    /** Returns the milliseconds from the first sign of the last series to a monotonic time in nanoseconds. */
    long millisSinceFirst(long nanos) {
        return Duration.ofNanos(nanos - began).toMillis();
    }
}
