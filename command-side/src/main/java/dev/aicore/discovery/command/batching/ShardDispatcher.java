package dev.aicore.discovery.command.batching;

import dev.aicore.discovery.api.shard.CommandResult;
import dev.aicore.discovery.api.shard.DecideBatch;
import dev.aicore.discovery.eventstore.DurableResult;
import dev.aicore.discovery.eventstore.IdempotencyStore.IdempotencyKey;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Dispatches batches to their shards. */
@FunctionalInterface
interface ShardDispatcher {

    /**
     * Sends a batch to its shard and blocks until its events are durable. Returns one result per command, in their
     * order.
     *
     * @param keys one key per command, null for a command without key; empty if no command has a key
     * @throws RuntimeException if the batch is not known to be durable; the shard is loaded again before its next
     *     decision
     */
    DurableResult<List<CommandResult>> decide(DecideBatch batch, List<@Nullable IdempotencyKey> keys);
}
