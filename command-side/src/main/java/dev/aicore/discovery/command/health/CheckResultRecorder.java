package dev.aicore.discovery.command.health;

import dev.aicore.discovery.api.EventMetadata;
import dev.aicore.discovery.api.health.RecordCheck;
import dev.aicore.discovery.api.shard.ObservationKind;
import dev.aicore.discovery.command.batching.CommandReply;
import dev.aicore.discovery.healthchecks.probe.ProbeResult;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.LongSupplier;

/**
 * Records check results as observations. They are batched like heartbeats. A lost result is not sent again, because the
 * next check follows.
 */
final class CheckResultRecorder {

    static final EventMetadata BY_CHECK = EventMetadata.ofRegistry("check");

    private final Function<RecordCheck, CompletableFuture<CommandReply>> shards;
    private final LongSupplier clock;
    private final boolean renew;

    /**
     * Creates a recorder.
     *
     * @param clock time of the lease clock, epoch milliseconds
     * @param renew true if a passed check counts as a heartbeat
     */
    CheckResultRecorder(
            Function<RecordCheck, CompletableFuture<CommandReply>> shards, LongSupplier clock, boolean renew) {
        this.shards = shards;
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
