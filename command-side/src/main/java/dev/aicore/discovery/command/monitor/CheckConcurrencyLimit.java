package dev.aicore.discovery.command.monitor;

import java.util.ArrayDeque;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * So many checks may be under way at once; who is due waits here until there is room, and begins in the order in which it was due. Those
 * whose checks take long may hold half of the room, so that they don't delay the others. The {@link CheckScheduler} guards it.
 */
final class CheckConcurrencyLimit {

    private final int maxChecks;
    private final int maxHeavyChecks;
    private final Queue<ScheduledCheck> urgent = new ArrayDeque<>();
    private final Queue<ScheduledCheck> light = new ArrayDeque<>();
    private final Queue<ScheduledCheck> heavy = new ArrayDeque<>();
    private int taken;
    private int takenByHeavy;

    CheckConcurrencyLimit(int most) {
        this.maxChecks = most;
        this.maxHeavyChecks = Math.max(1, most / 2);
    }

    void await(ScheduledCheck scheduledCheck) {
        (scheduledCheck.heavy ? heavy : light).add(scheduledCheck);
    }

    /** Before all others. */
    void awaitFirst(ScheduledCheck scheduledCheck) {
        urgent.add(scheduledCheck);
    }

    /** Takes out who is next, if there is room. */
    @Nullable
    ScheduledCheck next() {
        var queue = isThere() ? queue() : null;
        return queue == null ? null : queue.poll();
    }

    void enter(boolean heavily) {
        taken++;
        takenByHeavy += heavily ? 1 : 0;
    }

    void leave(boolean heavily) {
        taken--;
        takenByHeavy -= heavily ? 1 : 0;
    }

    int taken() {
        return taken;
    }

    int waiting() {
        return urgent.size() + light.size() + heavy.size();
    }

    /** Whether there is any for somebody who waits. */
    boolean isWanted() {
        return isThere() && queue() != null;
    }

    private @Nullable Queue<ScheduledCheck> queue() {
        if (!urgent.isEmpty()) {
            return urgent;
        }
        var lightest = light.peek();
        var heaviest = hasHeavyCapacity() ? heavy.peek() : null;
        if (lightest == null) {
            return heaviest == null ? null : heavy;
        }
        return heaviest != null && heaviest.dueAt - lightest.dueAt < 0 ? heavy : light;
    }

    private boolean isThere() {
        return taken < maxChecks;
    }

    private boolean hasHeavyCapacity() {
        return takenByHeavy < maxHeavyChecks;
    }
}
