/**
 * Publishes changed services after the commit: by documents in Redis, or by {@code NOTIFY} if there is no Redis.
 * {@link ChangePublication} assembles the parts.
 *
 * <pre>{@code
 * commit -> ChangedServiceQueue -> AsyncChangePublisher -> RedisChangePublisher   -> RedisDocumentStore -> Redis
 *                                                       -> ChangeNotificationRows -> NOTIFY
 * Reconciler: compares documents with the tables periodically, and has differing ones written again
 * }</pre>
 */
@NullMarked
package dev.aicore.discovery.projection.cache;

import org.jspecify.annotations.NullMarked;
