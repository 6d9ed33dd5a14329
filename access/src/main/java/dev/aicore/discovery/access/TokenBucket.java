package dev.aicore.discovery.access;

import dev.aicore.discovery.config.time.TimeSource;
import io.github.bucket4j.Bandwidth;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.TimeMeter;
import java.time.Duration;

/** Token bucket of one caller: bounds the requests per second, and allows a burst after a pause. */
public final class TokenBucket {

    private static final double NANOS_PER_SECOND = 1e9;

    private final Bucket bucket;

    /**
     * Creates a full bucket.
     *
     * @param perSecond refill rate in tokens per second, more than 0
     * @param burst time whose refill fills the bucket; its capacity is at least 1 token
     */
    TokenBucket(double perSecond, Duration burst, TimeMeter meter) {
        long cost = Math.max(1, Math.round(NANOS_PER_SECOND / perSecond));
        // Refills one token at a time, because a share of a rate need not be a whole number.
        this.bucket = Bucket.builder()
                .addLimit(Bandwidth.builder()
                        .capacity(Math.max(1, burst.toNanos() / cost))
                        .refillGreedy(1, Duration.ofNanos(cost))
                        .build())
                .withCustomTimePrecision(meter)
                .build();
    }

    /**
     * Takes a token if one is available.
     *
     * @return 0 if a token was taken, otherwise the time until one is available, in nanoseconds
     */
    long tryAcquire() {
        // Takes both results from one call. With two calls, a token that is refilled between them would let a request
        // pass and still stay in the bucket.
        var probe = bucket.tryConsumeAndReturnRemaining(1);
        return probe.isConsumed() ? 0 : probe.getNanosToWaitForRefill();
    }

    /** Returns the monotonic clock in the form that buckets read. */
    public static TimeMeter meter(TimeSource time) {
        return new TimeMeter() {
            @Override
            public long currentTimeNanos() {
                return time.nanos();
            }

            @Override
            public boolean isWallClockBased() {
                return false;
            }
        };
    }
}
