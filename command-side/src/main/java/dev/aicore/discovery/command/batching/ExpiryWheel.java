package dev.aicore.discovery.command.batching;

import java.util.ArrayList;
import java.util.List;

/**
 * A lazy hashed wheel: to renew a lease is to write a later time into it; only when its bucket comes round is it looked at
 * and filed anew. (Varghese and Lauck, "Hashed and Hierarchical Timing Wheels", 1987, scheme 6, with the moving left out.)
 */
final class ExpiryWheel {

    static final long TICK_MILLIS = 100;

    private static final int BUCKETS = 1024;

    private final List<ArrayList<TrackedLease>> buckets = new ArrayList<>(BUCKETS);
    private long nextTick;

    ExpiryWheel(long now) {
        nextTick = now / TICK_MILLIS;
        for (int i = 0; i < BUCKETS; i++) {
            buckets.add(new ArrayList<>(0));
        }
    }

    /** Files it under the time it has now; where it was filed before doesn't matter any more. */
    synchronized void file(TrackedLease trackedLease) {
        if (trackedLease.dueAt == Long.MAX_VALUE) {
            trackedLease.filedUnder = -1;
            return;
        }
        long tick = Math.max(nextTick, trackedLease.dueAt / TICK_MILLIS + 1);
        if (tick != trackedLease.filedUnder) {
            trackedLease.filedUnder = tick;
            buckets.get((int) (tick % BUCKETS)).add(trackedLease);
        }
    }

    /** Files it unless it will be looked at in time anyway. */
    void fileIfEarlier(TrackedLease trackedLease) {
        long filed = trackedLease.filedUnder;
        if (filed < 0 || trackedLease.dueAt / TICK_MILLIS + 1 < filed) {
            file(trackedLease);
        }
    }

    /** Takes out all that are due, up to this time. Whoever gets them files them again. */
    synchronized List<TrackedLease> due(long now) {
        var due = new ArrayList<TrackedLease>();
        // After a long standstill each bucket need be looked at only once.
        nextTick = Math.max(nextTick, now / TICK_MILLIS - BUCKETS);
        for (; nextTick <= now / TICK_MILLIS; nextTick++) {
            int bucket = (int) (nextTick % BUCKETS);
            var fired = buckets.set(bucket, new ArrayList<>(0));
            for (var trackedLease : fired) {
                turn(trackedLease, now, due, buckets.get(bucket));
            }
        }
        return due;
    }

    private void turn(TrackedLease trackedLease, long now, List<TrackedLease> due, List<TrackedLease> sameBucket) {
        if (trackedLease.filedUnder > nextTick && trackedLease.filedUnder % BUCKETS == nextTick % BUCKETS) {
            sameBucket.add(trackedLease);
        } else if (trackedLease.filedUnder >= 0 && trackedLease.filedUnder <= nextTick) {
            trackedLease.filedUnder = -1;
            if (trackedLease.dueAt <= now) {
                due.add(trackedLease);
            } else {
                file(trackedLease);
            }
        }
    }
}
