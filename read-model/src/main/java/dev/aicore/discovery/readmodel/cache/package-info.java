/**
 * Connects to Redis and defines its contents: the documents of services, their keys, and the state of the cache as a
 * whole. Redis is a cache and never the source of truth; every document can be read from PostgreSQL instead.
 *
 * <p>One document per service is a hash with a {@link DocumentHeader}, by which writer and reader decide whether the
 * document is new enough, and the {@link CachedInstance}s. {@link CacheEpoch} states which event store the documents
 * come from.
 *
 * <pre>{@code
 * publisher  -> RedisConnections.writing() -> Redis: v2:service:<name>, v2:epoch, channel changes
 * query side <- RedisConnections.reading() <- Redis
 * }</pre>
 */
@NullMarked
package dev.aicore.discovery.readmodel.cache;

import org.jspecify.annotations.NullMarked;
