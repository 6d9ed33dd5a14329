package dev.aicore.discovery.command.collector;

import java.util.ArrayList;
import java.util.List;

/**
 * A lazy hashed wheel: to renew a lease is to write a later time into it; only when its bucket comes round is it looked at
 * and filed anew. (Varghese and Lauck, "Hashed and Hierarchical Timing Wheels", 1987, scheme 6, with the moving left out.)
 */
final class ExpiryWheel {

    static final long TICK_MILLIS = 100;

    private static final int BUCKETS = 1024;

    private final List<ArrayList<Tracked>> buckets = new ArrayList<>(BUCKETS);
    private long nextTick;

    ExpiryWheel(long now) {
        nextTick = now / TICK_MILLIS;
        for (int i = 0; i < BUCKETS; i++) {
            buckets.add(new ArrayList<>(0));
        }
    }

    /** Files it under the time it has now; where it was filed before doesn't matter any more. */
    synchronized void file(Tracked tracked) {
        if (tracked.dueAt == Long.MAX_VALUE) {
            tracked.filedUnder = -1;
            return;
        }
        long tick = Math.max(nextTick, tracked.dueAt / TICK_MILLIS + 1);
        if (tick != tracked.filedUnder) {
            tracked.filedUnder = tick;
            buckets.get((int) (tick % BUCKETS)).add(tracked);
        }
    }

    /** Files it unless it will be looked at in time anyway. */
    void fileIfEarlier(Tracked tracked) {
        long filed = tracked.filedUnder;
        if (filed < 0 || tracked.dueAt / TICK_MILLIS + 1 < filed) {
            file(tracked);
        }
    }

    /** Takes out all that are due, up to this time. Whoever gets them files them again. */
    synchronized List<Tracked> due(long now) {
        var due = new ArrayList<Tracked>();
        // After a long standstill each bucket need be looked at only once.
        nextTick = Math.max(nextTick, now / TICK_MILLIS - BUCKETS);
        for (; nextTick <= now / TICK_MILLIS; nextTick++) {
            int bucket = (int) (nextTick % BUCKETS);
            var fired = buckets.set(bucket, new ArrayList<>(0));
            for (var tracked : fired) {
                turn(tracked, now, due, buckets.get(bucket));
            }
        }
        return due;
    }

    private void turn(Tracked tracked, long now, List<Tracked> due, List<Tracked> sameBucket) {
        if (tracked.filedUnder > nextTick && tracked.filedUnder % BUCKETS == nextTick % BUCKETS) {
            sameBucket.add(tracked);
        } else if (tracked.filedUnder >= 0 && tracked.filedUnder <= nextTick) {
            tracked.filedUnder = -1;
            if (tracked.dueAt <= now) {
                due.add(tracked);
            } else {
                file(tracked);
            }
        }
    }
}
