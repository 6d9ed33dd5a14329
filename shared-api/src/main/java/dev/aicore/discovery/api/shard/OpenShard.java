package dev.aicore.discovery.api.shard;

import java.time.Instant;
import org.axonframework.commandhandling.RoutingKey;
import org.axonframework.modelling.command.TargetAggregateIdentifier;

/**
 * Creates a shard, once in the life of a store.
 *
 * @param shard the shard's name
 * @param shards total number of shards
 */
public record OpenShard(
        @TargetAggregateIdentifier @RoutingKey String shard, int shards, Instant openedAt) {}
