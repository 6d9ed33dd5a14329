package dev.aicore.discovery.api.shard;

/**
 * Has the shard write down who sits where, once all other items of the batch are decided, so that earlier observations can be
 * dropped. Outcome: {@link Outcome.Checkpointed}.
 */
public record TakeCheckpoint() implements ShardCommand {}
