package dev.aicore.discovery.command.monitor;

import dev.aicore.discovery.healthchecks.probe.Probe;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** An instance with its check. The {@link CheckScheduler} guards it. */
final class ScheduledCheck {

    /** Where it waits. */
    enum QueuePlace {
        NOWHERE,
        WHEEL,
        READY,
        UNDER_WAY
    }

    /** How its last check ended. */
    enum Last {
        NONE,
        PASSED,
        FAILED
    }

    final String id;

    /** The shard that it was heard of from; -1 if it is looked at on demand alone. */
    int shard;

    Probe probe;

    /** One more with each change of what is to be looked at. */
    int generation;

    /** On the monotonic clock. */
    long dueAt;

    QueuePlace queuePlace = QueuePlace.NOWHERE;
    Last last = Last.NONE;

    /** Whether it isn't to be checked any more but for those who ask. */
    boolean stopped;

    /** Whether its last check held its place for long. */
    boolean slow;

    /** Whether its last two checks did. */
    boolean heavy;

    /** Who wait for its next check. */
    List<CompletableFuture<OnDemandResult>> askers = new ArrayList<>(0);

    /** The bucket's chain; the wheel's alone. */
    @Nullable
    ScheduledCheck before;

    @Nullable
    ScheduledCheck behind;

    /** The wheel's alone. */
    long tick;

    ScheduledCheck(String id, int shard, Probe probe) {
        this.id = id;
        this.shard = shard;
        this.probe = probe;
    }

    /** Ends the wait of those who ask. */
    List<CompletableFuture<OnDemandResult>> takeOnDemandCallers() {
        var taken = askers;
        askers = new ArrayList<>(0);
        return taken;
    }
}
