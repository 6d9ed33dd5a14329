package dev.aicore.discovery.command.batching;

import dev.aicore.discovery.api.shard.CommandResult;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Result of a batch that a shard has decided and the store has made durable.
 *
 * @param settled results of the commands, in their order
 * @param firstPosition position of the batch's first event (positions are consecutive); 0 without events
 * @param events number of the batch's events
 * @param recordedAt time at which the store recorded the events; null without events
 */
record BatchResult(
        List<CommandResult> settled,
        long firstPosition,
        int events,
        @Nullable Instant recordedAt) {}
