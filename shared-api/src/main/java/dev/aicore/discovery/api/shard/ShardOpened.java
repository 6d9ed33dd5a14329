package dev.aicore.discovery.api.shard;

import dev.aicore.discovery.api.RegistryEvent;
import java.time.Instant;
import org.axonframework.serialization.Revision;

/**
 * Event: a shard was created. It is the shard's first event.
 *
 * @param shard the shard's name, such as {@code shard-0}
 * @param shards number of shards; fixed for the life of the store
 */
@Revision("1")
public record ShardOpened(String shard, int shards, Instant openedAt) implements RegistryEvent {}
