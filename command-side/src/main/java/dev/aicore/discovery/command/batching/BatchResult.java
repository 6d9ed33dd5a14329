package dev.aicore.discovery.command.batching;

import dev.aicore.discovery.api.shard.CommandResult;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a shard made of a batch, once that is durable.
 *
 * @param settled one for each item, in their order
 * @param firstPosition of the batch's events, whose positions are consecutive; 0 if it has none
 * @param events how many they are
 * @param recordedAt when the store recorded them; null if it has none
 */
record BatchResult(
        List<CommandResult> settled,
        long firstPosition,
        int events,
        @Nullable Instant recordedAt) {}
