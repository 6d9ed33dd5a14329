package dev.aicore.discovery.config.access;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/**
 * So many requests a second, and after a pause a burst: each request pushes the time on at which all of them are paid for, and none may
 * push it further ahead of now than the burst (the generic cell rate algorithm). Without locks and without clockwork of its own.
 */
final class Allowance {

    private static final double NANOS_PER_SECOND = 1e9;

    private final long cost;
    private final long burst;
    private final AtomicLong paidUntil;

    /**
     * One that is whole.
     *
     * @param perSecond more than 0
     * @param burst     as much at once as in so long, but one at least
     * @param now       by the monotonic clock
     */
    Allowance(double perSecond, Duration burst, long now) {
        this.cost = Math.max(1, Math.round(NANOS_PER_SECOND / perSecond));
        this.burst = Math.max(cost, burst.toNanos());
        this.paidUntil = new AtomicLong(now);
    }

    /**
     * Takes one, if there is one.
     *
     * @return 0 if there was; else how long until there is, in nanoseconds
     */
    long take(long now) {
        while (true) {
            long paid = paidUntil.get();
            long begin = paid - now < 0 ? now : paid;
            long wait = begin - now + cost - burst;
            if (wait > 0) {
                return wait;
            }
            if (paidUntil.compareAndSet(paid, begin + cost)) {
                return 0;
            }
        }
    }
}
