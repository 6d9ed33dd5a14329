package dev.aicore.discovery.command.batching;

import dev.aicore.discovery.api.shard.Outcome;
import dev.aicore.discovery.api.shard.ShardCommand;
import java.util.List;

/** Hears what the shards decide, once it is durable, so that it needs to poll nothing. It must neither block nor fail. */
public interface OutcomeListener {

    /** Of one shard in the order of its decisions, on the thread of its collector. */
    void decided(int shard, ShardCommand command, Outcome outcome);

    /** It isn't known whether any of these counts. */
    void lost(int shard, List<ShardCommand> items);
}
