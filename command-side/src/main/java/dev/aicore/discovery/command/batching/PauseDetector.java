package dev.aicore.discovery.command.batching;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Notices that this process, or its clock, has not run as time does: a tick that comes far too late, or a wall clock that
 * has moved otherwise than the monotonic one.
 */
final class PauseDetector {

    private final long tickNanos;
    private final long tolerance;
    private long lastNanos;
    private long lastWall;

    /**
     * Starts watching.
     *
     * @param tick how often it will be asked
     * @param tolerance how much later is no pause yet
     */
    PauseDetector(Duration tick, Duration tolerance, long nanos, long wallMillis) {
        this.tickNanos = tick.toNanos();
        this.tolerance = tolerance.toNanos();
        this.lastNanos = nanos;
        this.lastWall = wallMillis;
    }

    /**
     * What was noticed.
     *
     * @param millis how long it stood still, or by how much a clock jumped
     * @param missedMillis how long nothing could be heard
     */
    record Pause(long millis, long missedMillis, String words) {}

    /** What was noticed since the last call; null if nothing. */
    @Nullable
    Pause check(long nanos, long wallMillis) {
        long passed = nanos - lastNanos;
        long jumped = Math.abs((wallMillis - lastWall) - passed / 1_000_000);
        lastNanos = nanos;
        lastWall = wallMillis;
        if (passed - tickNanos > tolerance) {
            long millis = passed / 1_000_000;
            return new Pause(millis, millis, "The registry stood still for " + millis + " ms.");
        }
        if (jumped * 1_000_000 > tolerance) {
            return new Pause(jumped, 0, "The wall clock jumped by " + jumped + " ms.");
        }
        return null;
    }
}
