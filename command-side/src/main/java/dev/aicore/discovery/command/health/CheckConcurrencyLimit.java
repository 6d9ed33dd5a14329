package dev.aicore.discovery.command.health;

import java.util.ArrayDeque;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * Limits the number of concurrent checks. Due checks wait here and begin in the order of their due times. Heavy
 * instances, whose checks take long, may occupy half of the capacity, so that they don't delay the others. Guarded by
 * the lock of the {@link CheckScheduler}.
 */
final class CheckConcurrencyLimit {

    private final int maxChecks;
    private final int maxHeavyChecks;
    private final Queue<ScheduledCheck> urgent = new ArrayDeque<>();
    private final Queue<ScheduledCheck> light = new ArrayDeque<>();
    private final Queue<ScheduledCheck> heavy = new ArrayDeque<>();
    private int running;
    private int runningHeavy;

    CheckConcurrencyLimit(int maxChecks) {
        this.maxChecks = maxChecks;
        this.maxHeavyChecks = Math.max(1, maxChecks / 2);
    }

    void await(ScheduledCheck scheduledCheck) {
        (scheduledCheck.heavy ? heavy : light).add(scheduledCheck);
    }

    /** Queues a check before all others. */
    void awaitFirst(ScheduledCheck scheduledCheck) {
        urgent.add(scheduledCheck);
    }

    /** Removes and returns the next check; null if none waits or the capacity is used up. */
    @Nullable
    ScheduledCheck next() {
        var queue = isThere() ? queue() : null;
        return queue == null ? null : queue.poll();
    }

    void acquire(boolean heavily) {
        running++;
        runningHeavy += heavily ? 1 : 0;
    }

    void release(boolean heavily) {
        running--;
        runningHeavy -= heavily ? 1 : 0;
    }

    int running() {
        return running;
    }

    int waiting() {
        return urgent.size() + light.size() + heavy.size();
    }

    /** Returns true if a queued check can begin now. */
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
        return running < maxChecks;
    }

    private boolean hasHeavyCapacity() {
        return runningHeavy < maxHeavyChecks;
    }
}
