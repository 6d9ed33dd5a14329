package dev.aicore.discovery.command.shard;

import org.jspecify.annotations.Nullable;

/**
 * What a shard remembers of an instance that is gone.
 *
 * @param instance what it was; null if it was deregistered, which no heartbeat undoes
 * @param until when to forget it, epoch milliseconds
 */
record Tombstone(@Nullable Instance instance, long until) {}
