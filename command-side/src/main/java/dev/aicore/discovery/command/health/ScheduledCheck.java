package dev.aicore.discovery.command.health;

import dev.aicore.discovery.command.health.OnDemandCheck.OnDemandResult;
import dev.aicore.discovery.healthchecks.probe.Prober.Probe;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Instance with its check. Guarded by the lock of the {@link CheckScheduler}. */
final class ScheduledCheck {

    /** Place of a check in the scheduler. */
    enum QueuePlace {
        NONE,
        WHEEL,
        READY,
        RUNNING
    }

    /** Result of the last check. */
    enum Last {
        NONE,
        PASSED,
        FAILED
    }

    /** Key of the probe. */
    final String id;

    /** Shard that scheduled the check; -1 if it is made on demand only. */
    int shard;

    Probe probe;

    /** Generation of the check, increased with each change. */
    int generation;

    /** Due time on the monotonic clock, nanoseconds. */
    long dueAt;

    QueuePlace queuePlace = QueuePlace.NONE;
    Last last = Last.NONE;

    /** True if the instance is checked on demand only. */
    boolean stopped;

    /** True if the last check was slow. */
    boolean slow;

    /** True if the last two checks were slow. */
    boolean heavy;

    /** Futures of the callers that wait for the next check. */
    List<CompletableFuture<OnDemandResult>> onDemandCallers = new ArrayList<>(0);

    /** Neighbours in the list of the bucket. Accessed by the wheel alone. */
    @Nullable
    ScheduledCheck previous;

    @Nullable
    ScheduledCheck next;

    /** Tick of the bucket. Accessed by the wheel alone. */
    long tick;

    ScheduledCheck(String id, int shard, Probe probe) {
        this.id = id;
        this.shard = shard;
        this.probe = probe;
    }

    /** Removes and returns the futures of the waiting callers. */
    List<CompletableFuture<OnDemandResult>> takeOnDemandCallers() {
        var taken = onDemandCallers;
        onDemandCallers = new ArrayList<>(0);
        return taken;
    }
}
