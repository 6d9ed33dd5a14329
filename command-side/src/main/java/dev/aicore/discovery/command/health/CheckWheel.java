package dev.aicore.discovery.command.health;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Hashed timing wheel whose buckets are linked lists through the entries, so that a removed entry leaves nothing
 * behind. (Varghese and Lauck, "Hashed and Hierarchical Timing Wheels", 1987, scheme 6.) No entry is due early; an
 * entry is due up to one tick late. Netty's {@code HashedWheelTimer} reads a clock that tests can't set, and runs its
 * entries on a thread of its own. The wheel of leases differs: see {@code ExpiryWheel}.
 */
final class CheckWheel {

    static final long TICK_NANOS = 10_000_000;

    private static final int BUCKETS = 4_096;

    private final @Nullable ScheduledCheck[] heads = new @Nullable ScheduledCheck[BUCKETS];
    private final long origin;
    private long nextTick;

    /**
     * Creates an empty wheel.
     *
     * @param now time of the monotonic clock, whose origin is arbitrary
     */
    CheckWheel(long now) {
        this.origin = now;
    }

    /** Adds an entry in the bucket of its due time. The entry must not be in the wheel. */
    void add(ScheduledCheck scheduledCheck) {
        long tick = Math.max(nextTick, Math.ceilDiv(scheduledCheck.dueAt - origin, TICK_NANOS));
        scheduledCheck.tick = tick;
        int bucket = (int) (tick % BUCKETS);
        var head = heads[bucket];
        scheduledCheck.next = head;
        if (head != null) {
            head.previous = scheduledCheck;
        }
        heads[bucket] = scheduledCheck;
    }

    void remove(ScheduledCheck scheduledCheck) {
        var before = scheduledCheck.previous;
        var behind = scheduledCheck.next;
        if (before == null) {
            heads[(int) (scheduledCheck.tick % BUCKETS)] = behind;
        } else {
            before.next = behind;
        }
        if (behind != null) {
            behind.previous = before;
        }
        scheduledCheck.previous = null;
        scheduledCheck.next = null;
    }

    /** Removes all due entries and passes them to a consumer. */
    void advance(long now, Consumer<ScheduledCheck> due) {
        long last = Math.floorDiv(now - origin, TICK_NANOS);
        // After a long pause it suffices to visit each bucket once.
        nextTick = Math.max(nextTick, last - BUCKETS + 1);
        for (; nextTick <= last; nextTick++) {
            var next = heads[(int) (nextTick % BUCKETS)];
            while (next != null) {
                var scheduledCheck = next;
                next = scheduledCheck.next;
                if (scheduledCheck.tick <= nextTick) {
                    remove(scheduledCheck);
                    due.accept(scheduledCheck);
                }
            }
        }
    }

    /** Returns the nanoseconds until an entry may be due, at most {@code most}. */
    long nanosUntilDue(long now, long maxNanos) {
        long until = Math.floorDiv(now + maxNanos - origin, TICK_NANOS);
        for (long tick = nextTick; tick <= until && tick < nextTick + BUCKETS; tick++) {
            if (heads[(int) (tick % BUCKETS)] != null) {
                return Math.max(0, origin + tick * TICK_NANOS - now);
            }
        }
        return maxNanos;
    }
}
