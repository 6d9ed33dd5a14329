package dev.aicore.discovery.bench.writes;

import dev.aicore.discovery.api.shard.Item;
import dev.aicore.discovery.api.shard.Outcome;
import dev.aicore.discovery.api.shard.RecordCheck;
import dev.aicore.discovery.api.shard.RenewLease;
import dev.aicore.discovery.command.collector.Intake;
import dev.aicore.discovery.command.collector.Reply;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Whom observations are told. */
@FunctionalInterface
interface Target {

    CompletableFuture<Reply> tell(Item observation);

    /** Each renewal by somebody who waits for its answer, as a heartbeat over HTTP is. */
    static Target of(Intake intake) {
        return observation -> switch (observation) {
            case RenewLease renewal -> intake.renew(renewal);
            case RecordCheck check -> intake.record(check);
            default -> throw new IllegalArgumentException("No observation: " + observation);
        };
    }

    /** As a stream, for which nobody waits: renewals come as those of many instances do, and may be packed with others. */
    static Target ofStreams(Intake intake) {
        return observation -> switch (observation) {
            case RenewLease renewal ->
                intake.renewAll(List.of(renewal.id()), renewal.observedAt(), renewal.envelope())
                        .thenApply(all -> new Reply(all.outcomes().getFirst(), all.position(), Instant.EPOCH));
            case RecordCheck check -> intake.record(check);
            default -> throw new IllegalArgumentException("No observation: " + observation);
        };
    }

    /** Answers at once and does nothing: what is measured with it is the load itself. */
    static Target ofNobody() {
        var answer = CompletableFuture.completedFuture(new Reply(new Outcome.Leases(List.of()), 0, Instant.EPOCH));
        return _ -> answer;
    }
}
