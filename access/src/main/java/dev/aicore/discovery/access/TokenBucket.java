package dev.aicore.discovery.access;

import dev.aicore.discovery.config.time.TimeSource;
import io.github.bucket4j.Bandwidth;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.TimeMeter;
import java.time.Duration;

/** So many requests a second, and after a pause a burst. */
public final class TokenBucket {

    private static final double NANOS_PER_SECOND = 1e9;

    private final Bucket bucket;

    /**
     * One that is whole.
     *
     * @param perSecond more than 0
     * @param burst     as much at once as in so long, but one at least
     */
    TokenBucket(double perSecond, Duration burst, TimeMeter meter) {
        long cost = Math.max(1, Math.round(NANOS_PER_SECOND / perSecond));
        // One at a time, since shares of a rate are no whole numbers.
        this.bucket = Bucket.builder()
                .addLimit(Bandwidth.builder()
                        .capacity(Math.max(1, burst.toNanos() / cost))
                        .refillGreedy(1, Duration.ofNanos(cost))
                        .build())
                .withCustomTimePrecision(meter)
                .build();
    }

    /**
     * Takes one, if there is one.
     *
     * @return 0 if there was; else how long until there is, in nanoseconds
     */
    long take() {
        // Both answers of one moment: asked apart, what is refilled between them would be taken by nobody and let
        // somebody pass.
        var probe = bucket.tryConsumeAndReturnRemaining(1);
        return probe.isConsumed() ? 0 : probe.getNanosToWaitForRefill();
    }

    /** Returns the monotonic clock as buckets read it. */
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
