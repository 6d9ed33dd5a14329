package dev.aicore.discovery.bench.rig;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** Waits for a time and for nothing else. */
public final class Sleeper {

    private Sleeper() {}

    /** For so long. */
    public static void during(Duration duration) {
        until(System.nanoTime() + duration.toNanos());
    }

    /**
     * Until then, or not at all if it is past.
     *
     * @param nanos by {@link System#nanoTime()}
     */
    public static void until(long nanos) {
        for (long left = nanos - System.nanoTime(); left > 0; left = nanos - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }
}
