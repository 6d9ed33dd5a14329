package dev.aicore.discovery.command.batching;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Detects that the process was paused or a clock jumped: a tick that comes far too late, or a wall clock that deviates
 * from the monotonic clock.
 */
final class PauseDetector {

    private final long tickNanos;
    private final long tolerance;
    private long lastNanos;
    private long lastWallMillis;

    /**
     * Starts to monitor.
     *
     * @param tick planned interval between two calls of {@link #check}
     * @param tolerance delay or deviation up to which nothing is reported
     * @param nanos current monotonic time
     * @param wallMillis current wall clock time, epoch milliseconds
     */
    PauseDetector(Duration tick, Duration tolerance, long nanos, long wallMillis) {
        this.tickNanos = tick.toNanos();
        this.tolerance = tolerance.toNanos();
        this.lastNanos = nanos;
        this.lastWallMillis = wallMillis;
    }

    /**
     * Detected pause or clock jump.
     *
     * @param millis duration of the pause, or amount of the jump
     * @param missedMillis time in which no heartbeat could be received; 0 for a jump
     * @param words description for logs and events
     */
    record Pause(long millis, long missedMillis, String words) {}

    /** Returns the pause or jump since the last call; null if there was none. */
    @Nullable
    Pause check(long nanos, long wallMillis) {
        long passed = nanos - lastNanos;
        long jumped = Math.abs((wallMillis - lastWallMillis) - passed / 1_000_000);
        lastNanos = nanos;
        lastWallMillis = wallMillis;
        if (passed - tickNanos > tolerance) {
            long millis = passed / 1_000_000;
            return new Pause(millis, millis, "The registry was paused for " + millis + " ms.");
        }
        if (jumped * 1_000_000 > tolerance) {
            return new Pause(jumped, 0, "The wall clock jumped by " + jumped + " ms.");
        }
        return null;
    }
}
