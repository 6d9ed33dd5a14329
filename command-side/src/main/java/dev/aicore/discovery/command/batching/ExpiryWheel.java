package dev.aicore.discovery.command.batching;

import java.util.ArrayList;
import java.util.List;

/**
 * Lazy hashed timing wheel of leases. Renewing a lease only writes a later due time to it; the lease is moved to its
 * new bucket when its present bucket comes round. (Varghese and Lauck, "Hashed and Hierarchical Timing Wheels", 1987,
 * scheme 6, without moving entries on renewal.) Netty's {@code HashedWheelTimer} would cancel and add an entry for each
 * heartbeat. The wheel of health checks differs: an entry that is due exactly on a tick is due at that tick there, at
 * the next one here, and one wheel for both would propose such a lease a tick earlier.
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

    /** Files a lease in the bucket of its due time. An entry in an earlier bucket becomes obsolete. */
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

    /** Files a lease if its due time is earlier than the bucket it is in, or if it is in none. */
    void fileIfEarlier(TrackedLease trackedLease) {
        long filed = trackedLease.filedUnder;
        if (filed < 0 || trackedLease.dueAt / TICK_MILLIS + 1 < filed) {
            file(trackedLease);
        }
    }

    /**
     * Removes and returns all leases that are due at {@code now}, in epoch milliseconds. The caller must file them
     * again.
     */
    synchronized List<TrackedLease> due(long now) {
        var due = new ArrayList<TrackedLease>();
        // After a long pause it suffices to visit each bucket once.
        nextTick = Math.max(nextTick, now / TICK_MILLIS - BUCKETS);
        for (; nextTick <= now / TICK_MILLIS; nextTick++) {
            int bucket = (int) (nextTick % BUCKETS);
            var fired = buckets.set(bucket, new ArrayList<>(0));
            for (var trackedLease : fired) {
                collectIfDue(trackedLease, now, due, buckets.get(bucket));
            }
        }
        return due;
    }

    private void collectIfDue(
            TrackedLease trackedLease, long now, List<TrackedLease> due, List<TrackedLease> sameBucket) {
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
