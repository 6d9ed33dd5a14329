package dev.aicore.discovery.bench.writes;

import dev.aicore.discovery.api.Outcome;
import dev.aicore.discovery.api.ShardCommand;
import dev.aicore.discovery.api.health.RecordCheck;
import dev.aicore.discovery.api.lease.RenewLease;
import dev.aicore.discovery.command.batching.CommandGateway;
import dev.aicore.discovery.command.batching.CommandReply;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Destination of observations. */
@FunctionalInterface
interface ObservationSink {

    CompletableFuture<CommandReply> submit(ShardCommand observation);

    /** Creates a sink that sends each renewal as a single heartbeat, whose client waits for the answer. */
    static ObservationSink of(CommandGateway commandGateway) {
        return observation -> switch (observation) {
            case RenewLease renewal -> commandGateway.renew(renewal);
            case RecordCheck check -> commandGateway.record(check);
            default -> throw new IllegalArgumentException("Not an observation: " + observation);
        };
    }

    /**
     * Creates a sink that sends renewals as batch heartbeats, which may be packed with other observations, because no
     * client waits.
     */
    static ObservationSink ofStreams(CommandGateway commandGateway) {
        return observation -> switch (observation) {
            case RenewLease renewal ->
                commandGateway
                        .renewAll(List.of(renewal.id()), renewal.observedAt(), renewal.envelope())
                        .thenApply(all -> new CommandReply(all.outcomes().getFirst(), all.position(), Instant.EPOCH));
            case RecordCheck check -> commandGateway.record(check);
            default -> throw new IllegalArgumentException("Not an observation: " + observation);
        };
    }

    /** Creates a sink that answers at once and does nothing, to measure the load generator itself. */
    static ObservationSink none() {
        var answer =
                CompletableFuture.completedFuture(new CommandReply(new Outcome.Leases(List.of()), 0, Instant.EPOCH));
        return _ -> answer;
    }
}
