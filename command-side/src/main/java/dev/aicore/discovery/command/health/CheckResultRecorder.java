package dev.aicore.discovery.command.health;

import dev.aicore.discovery.api.EventMetadata;
import dev.aicore.discovery.api.health.CompositeCheck;
import dev.aicore.discovery.api.health.RecordCheck;
import dev.aicore.discovery.api.instance.InstancePrecondition;
import dev.aicore.discovery.api.instance.UpdateInstance;
import dev.aicore.discovery.api.shard.ObservationKind;
import dev.aicore.discovery.command.batching.CommandReply;
import dev.aicore.discovery.command.health.ComponentResults.StatusChange;
import dev.aicore.discovery.healthchecks.probe.ProbeResult;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.LongSupplier;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * Records check results as observations. They are batched like heartbeats. A lost result is not sent again, because the
 * next check follows.
 */
final class CheckResultRecorder {

    static final EventMetadata BY_CHECK = EventMetadata.ofRegistry("check");

    private final Function<RecordCheck, CompletableFuture<CommandReply>> shards;
    private final Function<UpdateInstance, CompletableFuture<CommandReply>> updates;
    private final LongSupplier clock;
    private final boolean renew;

    /**
     * Creates a recorder.
     *
     * @param updates records the statuses of several checks of an instance
     * @param clock time of the lease clock, epoch milliseconds
     * @param renew true if a passed check counts as a heartbeat
     */
    CheckResultRecorder(
            Function<RecordCheck, CompletableFuture<CommandReply>> shards,
            Function<UpdateInstance, CompletableFuture<CommandReply>> updates,
            LongSupplier clock,
            boolean renew) {
        this.shards = shards;
        this.updates = updates;
        this.clock = clock;
        this.renew = renew;
    }

    CompletableFuture<CommandReply> record(String id, ProbeResult result) {
        return shards.apply(new RecordCheck(
                id,
                kind(result.passed()),
                result.reason(),
                latencyClass(result.latency()),
                clock.getAsLong(),
                BY_CHECK));
    }

    /** Records a new status of one of several checks, which is an update of the instance. */
    CompletableFuture<CommandReply> record(StatusChange change) {
        var patch = JsonNodeFactory.instance.objectNode();
        patch.putObject("health_check")
                .putObject("config")
                .putObject(CompositeCheck.CHECKS)
                .putObject(change.component())
                .put("status", change.status().jsonName())
                .put("output", change.output());
        return updates.apply(new UpdateInstance(
                change.instanceId(), null, patch.toString(), null, InstancePrecondition.NONE, BY_CHECK));
    }

    private ObservationKind kind(boolean passed) {
        if (!passed) {
            return ObservationKind.CHECK_FAILED;
        }
        return renew ? ObservationKind.CHECK_PASSED_RENEWING : ObservationKind.CHECK_PASSED;
    }

    static int latencyClass(Duration latency) {
        return Math.min(RecordCheck.MAX_LATENCY_CLASS, Long.SIZE - Long.numberOfLeadingZeros(latency.toMillis()));
    }
}
