package dev.aicore.discovery.query.discovery;

import java.util.concurrent.TimeUnit;

/**
 * Load of one instance as this node knows it: the last reported connections, and this node's picks since that report,
 * within the last minute. A report arrives some seconds after it was made; only the picks from before it was made are
 * dropped, to within {@value #SLICE_SECONDS} seconds. Thread-safe. Times are nanoseconds of the monotonic clock.
 */
final class InstanceLoad {

    private static final int SLICES = 30;
    private static final int SLICE_SECONDS = 2;
    private static final long SLICE_NANOS = TimeUnit.SECONDS.toNanos(SLICE_SECONDS);

    private final int[] picks = new int[SLICES];
    private int sum;

    /** Number of the current slice; the index of a slice is its number modulo {@link #SLICES}. */
    private long newest;

    private int connections;
    private long reportedIn;
    private long usedAt;

    /** Creates a load without connections and picks. */
    InstanceLoad(long now) {
        this.newest = slice(now);
        this.usedAt = now;
    }

    /** Returns the sum of connections and picks. */
    synchronized long total(long now) {
        moveTo(slice(now));
        usedAt = now;
        return (long) connections + sum;
    }

    synchronized void picked(long now) {
        moveTo(slice(now));
        usedAt = now;
        picks[indexOf(newest)]++;
        sum++;
    }

    /**
     * Applies a report, unless the same or a later one has been applied.
     *
     * @param heardAt time at which the report was made
     * @param position of the report's event
     */
    synchronized void reported(int active, long heardAt, long position, long now) {
        if (position <= reportedIn) {
            return;
        }
        moveTo(slice(now));
        connections = active;
        reportedIn = position;
        long first = Math.min(slice(heardAt), newest);
        for (long old = newest - SLICES + 1; old < first; old++) {
            clearSlice(old);
        }
    }

    /** Returns the time of the last access or pick. */
    synchronized long usedAt() {
        return usedAt;
    }

    private void moveTo(long slice) {
        for (long next = Math.max(newest + 1, slice - SLICES + 1); next <= slice; next++) {
            clearSlice(next);
        }
        newest = Math.max(newest, slice);
    }

    private void clearSlice(long slice) {
        sum -= picks[indexOf(slice)];
        picks[indexOf(slice)] = 0;
    }

    private static long slice(long nanos) {
        return Math.floorDiv(nanos, SLICE_NANOS);
    }

    private static int indexOf(long slice) {
        return Math.floorMod(slice, SLICES);
    }
}
