package dev.aicore.discovery.bench.writes;

import dev.aicore.discovery.api.shard.Outcome;
import dev.aicore.discovery.api.shard.RecordCheck;
import dev.aicore.discovery.api.shard.RenewLease;
import dev.aicore.discovery.api.shard.ShardCommand;
import dev.aicore.discovery.command.batching.CommandGateway;
import dev.aicore.discovery.command.batching.CommandReply;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Whom observations are told. */
@FunctionalInterface
interface ObservationSink {

    CompletableFuture<CommandReply> submit(ShardCommand observation);

    /** Each renewal by somebody who waits for its answer, as a heartbeat over HTTP is. */
    static ObservationSink of(CommandGateway commandGateway) {
        return observation -> switch (observation) {
            case RenewLease renewal -> commandGateway.renew(renewal);
            case RecordCheck check -> commandGateway.record(check);
            default -> throw new IllegalArgumentException("No observation: " + observation);
        };
    }

    /** As a stream, for which nobody waits: renewals come as those of many instances do, and may be packed with others. */
    static ObservationSink ofStreams(CommandGateway commandGateway) {
        return observation -> switch (observation) {
            case RenewLease renewal ->
                commandGateway
                        .renewAll(List.of(renewal.id()), renewal.observedAt(), renewal.envelope())
                        .thenApply(all -> new CommandReply(all.outcomes().getFirst(), all.position(), Instant.EPOCH));
            case RecordCheck check -> commandGateway.record(check);
            default -> throw new IllegalArgumentException("No observation: " + observation);
        };
    }

    /** Answers at once and does nothing: what is measured with it is the load itself. */
    static ObservationSink ofNobody() {
        var answer =
                CompletableFuture.completedFuture(new CommandReply(new Outcome.Leases(List.of()), 0, Instant.EPOCH));
        return _ -> answer;
    }
}
