package dev.aicore.discovery.command.batching;

import dev.aicore.discovery.api.Outcome;
import dev.aicore.discovery.api.ShardCommand;
import java.util.List;

/**
 * Receives the outcomes of the shards once they are durable, so that it need not poll. Implementations must neither
 * block nor throw.
 */
public interface OutcomeListener {

    /** Receives an outcome. Called in the order of the shard's decisions, on the thread of the shard's batcher. */
    void decided(int shard, ShardCommand command, Outcome outcome);

    /** Receives the commands of a shard whose results are unknown or which were not decided. */
    void lost(int shard, List<ShardCommand> items);
}
