package dev.aicore.discovery.client.http;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * Growing pauses between attempts, with decorrelated jitter: each is drawn between the minimum and three times the
 * previous one, so that clients that failed together don't return together. Not thread-safe.
 *
 * <p>Marc Brooker, "Exponential backoff and jitter", AWS Architecture Blog, 2015.
 */
public final class Backoff {

    private static final long MIN_MILLIS = 100;
    private static final long MAX_MILLIS = 10_000;

    private final RandomGenerator random;
    private long previous = MIN_MILLIS;

    /**
     * Creates pauses of 100 ms to 10 s.
     *
     * @param random draws the pauses
     */
    public Backoff(RandomGenerator random) {
        this.random = random;
    }

    /** Returns the next pause. */
    public Duration next() {
        previous = Math.min(MAX_MILLIS, random.nextLong(MIN_MILLIS, previous * 3 + 1));
        return Duration.ofMillis(previous);
    }

    /**
     * Returns the next pause, which is at least as long as the registry requires.
     *
     * @param atLeast of {@code Retry-After}; a minute at most is obeyed
     */
    public Duration next(Duration atLeast) {
        Duration pause = next();
        Duration required = atLeast.compareTo(Duration.ofMinutes(1)) > 0 ? Duration.ofMinutes(1) : atLeast;
        return required.compareTo(pause) > 0 ? required.plusMillis(random.nextLong(MIN_MILLIS)) : pause;
    }

    /** Begins again with the shortest pause. */
    public void reset() {
        previous = MIN_MILLIS;
    }
}
