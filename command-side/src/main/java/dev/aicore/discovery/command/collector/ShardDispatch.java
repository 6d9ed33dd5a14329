package dev.aicore.discovery.command.collector;

import dev.aicore.discovery.api.shard.DecideBatch;
import dev.aicore.discovery.config.eventstore.WriteKey;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Hands a batch to its shard and waits until what it decides is durable. */
@FunctionalInterface
interface ShardDispatch {

    /**
     * Decides a batch.
     *
     * @param keys one for each item, null where it has none; empty if none has one
     * @throws RuntimeException if it isn't known to be durable; the shard is then loaded anew before it decides again
     */
    Verdict decide(DecideBatch batch, List<@Nullable WriteKey> keys);
}
