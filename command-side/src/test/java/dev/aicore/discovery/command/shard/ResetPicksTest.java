package dev.aicore.discovery.command.shard;

import static dev.aicore.discovery.api.shard.ObservationKind.RENEWED;
import static dev.aicore.discovery.command.shard.ShardFixture.given;
import static dev.aicore.discovery.command.shard.ShardSamples.after;
import static dev.aicore.discovery.command.shard.ShardSamples.by;
import static dev.aicore.discovery.command.shard.ShardSamples.heartbeat;
import static dev.aicore.discovery.command.shard.ShardSamples.observed;
import static dev.aicore.discovery.command.shard.ShardSamples.registered;

import dev.aicore.discovery.api.Outcome;
import dev.aicore.discovery.api.discovery.PicksReset;
import dev.aicore.discovery.api.discovery.ResetPicks;
import dev.aicore.discovery.api.lease.Lease;
import dev.aicore.discovery.api.lease.Lease.Phase;
import dev.aicore.discovery.api.shard.CommandResult;
import org.junit.jupiter.api.Test;

class ResetPicksTest {

    @Test
    void resetPicks_recordsCallerAndTime() {
        given(registered("a", 0))
                .when(after(10), new ResetPicks("orders", by("ann")))
                .events(new PicksReset("orders", after(10), by("ann")))
                .answers(new CommandResult(new Outcome.Reset("orders", after(10)), 0));
    }

    @Test
    void resetPicks_ofUnknownService_isRecorded() {
        given().when(after(10), new ResetPicks("nobody", by("ann")))
                .events(new PicksReset("nobody", after(10), by("ann")))
                .answers(new CommandResult(new Outcome.Reset("nobody", after(10)), 0));
    }

    @Test
    void resetPicks_repeatedInBatch_recordsSeparateFacts() {
        var lease = new Lease("a", 0, Phase.LIVE, after(50).toEpochMilli());
        given(registered("a", 0), new PicksReset("orders", after(10), by("ann")))
                .when(
                        after(20),
                        heartbeat("a"),
                        new ResetPicks("orders", by("ann")),
                        new ResetPicks("orders", by("bob")))
                .events(
                        new PicksReset("orders", after(20), by("ann")),
                        new PicksReset("orders", after(20), by("bob")),
                        observed(after(20), 0, RENEWED))
                .answers(
                        new CommandResult(new Outcome.Renewed(lease, false), 2),
                        new CommandResult(new Outcome.Reset("orders", after(20)), 0),
                        new CommandResult(new Outcome.Reset("orders", after(20)), 1));
    }
}
