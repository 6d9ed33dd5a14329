package dev.aicore.discovery.command.shard;

import org.jspecify.annotations.Nullable;

/**
 * Data of an instance that has left the shard.
 *
 * @param instance state at its removal; null if it was deregistered, which no heartbeat reverts
 * @param until time at which the tombstone may be forgotten, epoch milliseconds
 */
record Tombstone(@Nullable Instance instance, long until) {}
