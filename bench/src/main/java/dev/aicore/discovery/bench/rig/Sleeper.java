package dev.aicore.discovery.bench.rig;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** Sleeps until a time; not interruptible. */
public final class Sleeper {

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
}
