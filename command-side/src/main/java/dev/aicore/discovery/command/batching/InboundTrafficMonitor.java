package dev.aicore.discovery.command.batching;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Notices while callers aren't heard, since connections are refused or what arrives is read late: no lease may end meanwhile, and each
 * runs anew afterwards. That has a bound, as mass silence has: a crowd that never goes would keep the dead for ever.
 */
final class InboundTrafficMonitor {

    /** Without a sign for so long callers are heard again. */
    static final Duration QUIET = Duration.ofSeconds(1);

    private final LongSupplier signs;
    private final long bound;
    private long seen;
    private long began;
    private long last;
    private boolean ever;
    private boolean deaf;

    /**
     * Starts watching.
     *
     * @param signs how often callers weren't heard so far
     * @param bound for so long from the first sign of a series the leases are kept; a series ends after as long without any
     */
    InboundTrafficMonitor(LongSupplier signs, Duration bound) {
        this.signs = signs;
        this.bound = bound.toNanos();
        this.seen = signs.getAsLong();
    }

    /** What follows for the leases. */
    enum InboundState {
        /** Everybody can be heard, or the bound is passed. */
        RECEIVING,
        /** Callers aren't heard: no lease may end. */
        NOT_RECEIVING,
        /** Callers weren't heard until now: each lease is owed a grace. */
        RECOVERED
    }

    /** Returns how it stands at that time, monotonic, in nanoseconds. */
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

    /** Returns the milliseconds since the first sign of the last series, at that time, monotonic, in nanoseconds. */
    long millisSinceFirst(long nanos) {
        return Duration.ofNanos(nanos - began).toMillis();
    }
}
