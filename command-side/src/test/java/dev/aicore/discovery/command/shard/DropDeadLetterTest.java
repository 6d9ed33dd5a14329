package dev.aicore.discovery.command.shard;

import static dev.aicore.discovery.command.shard.Samples.after;
import static dev.aicore.discovery.command.shard.Samples.by;
import static dev.aicore.discovery.command.shard.Samples.registered;
import static dev.aicore.discovery.command.shard.ShardFixture.given;

import dev.aicore.discovery.api.readmodel.DeadLetterDropped;
import dev.aicore.discovery.api.shard.DropDeadLetter;
import dev.aicore.discovery.api.shard.Outcome;
import dev.aicore.discovery.api.shard.Settled;
import java.util.List;
import org.junit.jupiter.api.Test;

class DropDeadLetterTest {

    private static final List<String> MODELS = List.of("audit", "instances");

    @Test
    void isAFactThatTellsWhoAndWhatAndWhen() {
        given(registered("a", 0))
                .when(after(10), new DropDeadLetter(7, "InstanceUpdated", "a", MODELS, "it can't follow", by("ann")))
                .events(new DeadLetterDropped(
                        7, "InstanceUpdated", "a", MODELS, "it can't follow", after(10), by("ann")))
                .answers(new Settled(new Outcome.Dropped(7, MODELS, after(10)), 0));
    }
}
