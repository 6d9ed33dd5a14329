package dev.aicore.discovery.command.batching;

import dev.aicore.discovery.api.shard.DecideBatch;
import dev.aicore.discovery.eventstore.IdempotencyKey;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Hands a batch to its shard and waits until what it decides is durable. */
@FunctionalInterface
interface ShardDispatcher {

    /**
     * Decides a batch.
     *
     * @param keys one for each item, null where it has none; empty if none has one
     * @throws RuntimeException if it isn't known to be durable; the shard is then loaded anew before it decides again
     */
    BatchResult decide(DecideBatch batch, List<@Nullable IdempotencyKey> keys);
}
