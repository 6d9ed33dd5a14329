package dev.aicore.discovery.query.balancing;

import java.util.concurrent.TimeUnit;

/**
 * What this node knows of one instance's load: the connections that it last reported, and this node's picks of it since that
 * report, of the last minute at most. A report takes some seconds to come here: of the picks meanwhile only those from before it
 * was made are forgotten, to within {@value #SLICE_SECONDS} seconds. For use by many threads; times are of the monotonic clock.
 */
final class InstanceLoad {

    private static final int SLICES = 30;
    private static final int SLICE_SECONDS = 2;
    private static final long SLICE_NANOS = TimeUnit.SECONDS.toNanos(SLICE_SECONDS);

    private final int[] picks = new int[SLICES];
    private int sum;

    /** The number of the slice that picks are counted in, such that a slice's place is its number modulo {@link #SLICES}. */
    private long newest;

    private int connections;
    private long reportedIn;
    private long usedAt;

    /** One without connections or picks. */
    InstanceLoad(long now) {
        this.newest = slice(now);
        this.usedAt = now;
    }

    /** Connections and picks. */
    synchronized long total(long now) {
        moveTo(slice(now));
        usedAt = now;
        return (long) connections + sum;
    }

    synchronized void picked(long now) {
        moveTo(slice(now));
        usedAt = now;
        picks[place(newest)]++;
        sum++;
    }

    /**
     * Takes a report, unless it or a later one was taken already.
     *
     * @param heardAt when it was made
     * @param position of its event
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
            forget(old);
        }
    }

    /** When somebody last asked for it, or picked the instance. */
    synchronized long usedAt() {
        return usedAt;
    }

    private void moveTo(long slice) {
        for (long next = Math.max(newest + 1, slice - SLICES + 1); next <= slice; next++) {
            forget(next);
        }
        newest = Math.max(newest, slice);
    }

    private void forget(long slice) {
        sum -= picks[place(slice)];
        picks[place(slice)] = 0;
    }

    private static long slice(long nanos) {
        return Math.floorDiv(nanos, SLICE_NANOS);
    }

    private static int place(long slice) {
        return Math.floorMod(slice, SLICES);
    }
}
