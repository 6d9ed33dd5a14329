package dev.aicore.discovery.command.shard;

import dev.aicore.discovery.api.shard.CommandResult;
import dev.aicore.discovery.api.shard.DecideBatch;
import java.util.List;

/** A shard that decides as the registry's do, and forgets with the test. */
public final class InMemoryShard {

    private final ShardHarness shardHarness = new ShardHarness(CheckpointPolicy.USUAL);

    public List<CommandResult> decide(DecideBatch batch) {
        return shardHarness.ask(batch.decidedAt(), batch.items());
    }

    /** How many events there were until now. */
    public int events() {
        return shardHarness.events.size();
    }
}
