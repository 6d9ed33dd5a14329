package dev.aicore.discovery.api.shard;

import java.time.Instant;
import org.axonframework.commandhandling.RoutingKey;
import org.axonframework.modelling.command.TargetAggregateIdentifier;

/**
 * Makes a shard, once in the life of a store.
 *
 * @param shard its name
 * @param shards how many there are in all
 */
public record OpenShard(
        @TargetAggregateIdentifier @RoutingKey String shard, int shards, Instant openedAt) {}
