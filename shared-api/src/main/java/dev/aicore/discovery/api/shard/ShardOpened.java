package dev.aicore.discovery.api.shard;

import java.time.Instant;
import org.axonframework.serialization.Revision;

/**
 * The first event of a shard.
 *
 * @param shard its name, {@code shard-0} and so on
 * @param shards how many there are; fixed for the life of the store
 */
@Revision("1")
public record ShardOpened(String shard, int shards, Instant openedAt) {}
