/**
 * Reads services from the documents that the publisher writes to Redis, as long as they can be trusted.
 *
 * <p>{@code RedisServiceCache} fetches the document of a service and the cache's epoch in one command. It rejects
 * documents of another store, documents of events that the store lost by a restore, and documents that are too old.
 * {@code DocumentCache} avoids parsing unchanged text. A missing, unusable or unreadable document sends the caller to
 * PostgreSQL; Redis never is the reason for an empty answer.
 *
 * <pre>{@code
 * publisher --> Redis --> RedisServiceCache --> DocumentCache --> TimestampedRead --> snapshot
 *                               |
 *                               +--> empty: the caller reads PostgreSQL
 * }</pre>
 */
@NullMarked
package dev.aicore.discovery.query.cache;

import org.jspecify.annotations.NullMarked;
