package dev.aicore.discovery.bench.rig;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Sleeps until a time; not interruptible. */
public final class Sleeper {

    private static final Duration POLL = Duration.ofMillis(5);

    private Sleeper() {}

    /** Sleeps for a duration. */
    public static void during(Duration duration) {
        until(System.nanoTime() + duration.toNanos());
    }

    /**
     * Sleeps until a time; returns immediately if it is past.
     *
     * @param nanos time by {@link System#nanoTime()}
     */
    public static void until(long nanos) {
        for (long left = nanos - System.nanoTime(); left > 0; left = nanos - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }

    /**
     * Sleeps until a condition holds, which is evaluated every 5 ms.
     *
     * @param what subject of the condition, for the message
     * @throws IllegalStateException if it doesn't hold in time
     */
    public static void await(String what, BooleanSupplier condition, Duration patience) {
        long end = System.nanoTime() + patience.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException(what + " wasn't as expected within " + patience + ".");
            }
            during(POLL);
        }
    }
}
