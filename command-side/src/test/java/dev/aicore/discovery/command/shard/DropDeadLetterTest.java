package dev.aicore.discovery.command.shard;

import static dev.aicore.discovery.command.shard.ShardFixture.given;
import static dev.aicore.discovery.command.shard.ShardSamples.after;
import static dev.aicore.discovery.command.shard.ShardSamples.by;
import static dev.aicore.discovery.command.shard.ShardSamples.registered;

import dev.aicore.discovery.api.Outcome;
import dev.aicore.discovery.api.deadletter.DeadLetterDropped;
import dev.aicore.discovery.api.deadletter.DropDeadLetter;
import dev.aicore.discovery.api.shard.CommandResult;
import java.util.List;
import org.junit.jupiter.api.Test;

class DropDeadLetterTest {

    private static final List<String> MODELS = List.of("audit", "instances");

    @Test
    void dropDeadLetter_recordsCallerDeadLetterAndTime() {
        given(registered("a", 0))
                .when(after(10), new DropDeadLetter(7, "InstanceUpdated", "a", MODELS, "it can't follow", by("ann")))
                .events(new DeadLetterDropped(
                        7, "InstanceUpdated", "a", MODELS, "it can't follow", after(10), by("ann")))
                .answers(new CommandResult(new Outcome.Dropped(7, MODELS, after(10)), 0));
    }
}
