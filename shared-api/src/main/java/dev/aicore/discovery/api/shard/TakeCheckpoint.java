package dev.aicore.discovery.api.shard;

import dev.aicore.discovery.api.ShardCommand;

/**
 * Takes a checkpoint of the shard's slots after all other commands of the batch, so that earlier observations can be
 * dropped. Outcome: {@link Outcome.Checkpointed}.
 */
public record TakeCheckpoint() implements ShardCommand {}
