package dev.aicore.discovery.command.monitor;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A hashed timing wheel whose buckets are chains through what is filed, so that whatever is taken out leaves nothing behind. (Varghese
 * and Lauck, "Hashed and Hierarchical Timing Wheels", 1987, scheme 6.) Nothing is due early; it is due up to a tick late.
 */
final class CheckWheel {

    static final long TICK_NANOS = 10_000_000;

    private static final int BUCKETS = 4_096;

    private final @Nullable ScheduledCheck[] heads = new @Nullable ScheduledCheck[BUCKETS];
    private final long origin;
    private long nextTick;

    /** @param now on the monotonic clock, whose origin may be anywhere */
    CheckWheel(long now) {
        this.origin = now;
    }

    /** Files it under its time. It mustn't be filed already. */
    void add(ScheduledCheck scheduledCheck) {
        long tick = Math.max(nextTick, Math.ceilDiv(scheduledCheck.dueAt - origin, TICK_NANOS));
        scheduledCheck.tick = tick;
        int bucket = (int) (tick % BUCKETS);
        var head = heads[bucket];
        scheduledCheck.behind = head;
        if (head != null) {
            head.before = scheduledCheck;
        }
        heads[bucket] = scheduledCheck;
    }

    void remove(ScheduledCheck scheduledCheck) {
        var before = scheduledCheck.before;
        var behind = scheduledCheck.behind;
        if (before == null) {
            heads[(int) (scheduledCheck.tick % BUCKETS)] = behind;
        } else {
            before.behind = behind;
        }
        if (behind != null) {
            behind.before = before;
        }
        scheduledCheck.before = null;
        scheduledCheck.behind = null;
    }

    /** Takes out all that is due. */
    void turn(long now, Consumer<ScheduledCheck> due) {
        long last = Math.floorDiv(now - origin, TICK_NANOS);
        // After a long standstill each bucket need be looked at only once.
        nextTick = Math.max(nextTick, last - BUCKETS + 1);
        for (; nextTick <= last; nextTick++) {
            var next = heads[(int) (nextTick % BUCKETS)];
            while (next != null) {
                var scheduledCheck = next;
                next = scheduledCheck.behind;
                if (scheduledCheck.tick <= nextTick) {
                    remove(scheduledCheck);
                    due.accept(scheduledCheck);
                }
            }
        }
    }

    /** How long nothing is due, in nanoseconds, up to {@code most}. */
    long quiet(long now, long most) {
        long until = Math.floorDiv(now + most - origin, TICK_NANOS);
        for (long tick = nextTick; tick <= until && tick < nextTick + BUCKETS; tick++) {
            if (heads[(int) (tick % BUCKETS)] != null) {
                return Math.max(0, origin + tick * TICK_NANOS - now);
            }
        }
        return most;
    }
}
