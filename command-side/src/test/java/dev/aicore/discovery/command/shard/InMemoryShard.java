package dev.aicore.discovery.command.shard;

import dev.aicore.discovery.api.shard.CommandResult;
import dev.aicore.discovery.api.shard.DecideBatch;
import java.util.List;

/** Shard that decides like the registry's shards, without a store. */
public final class InMemoryShard {

    private final ShardHarness shardHarness = new ShardHarness(CheckpointPolicy.DEFAULT);

    public List<CommandResult> decide(DecideBatch batch) {
        return shardHarness.ask(batch.decidedAt(), batch.items());
    }

    /** Returns the number of events so far. */
    public int events() {
        return shardHarness.events.size();
    }
}
