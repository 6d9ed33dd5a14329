/**
 * Receives facts as this process appends them and buffers the last ones, so that watchers and discovery don't wait for
 * the tables of the read models.
 *
 * <p>{@code LiveFactFeed} is live while this process is the store's only writer. {@code InstanceViewFold} applies a
 * fact to a cached instance. {@code LiveChangePoller} finds the changed services in the buffer, or in PostgreSQL while
 * the feed isn't live.
 *
 * <pre>{@code
 * event appender --> LiveFactFeed --> RecentFactBuffer --> cached snapshots --> watchers, discovery
 *                                           |
 *                                           +--> LiveChangePoller --> WatchHub
 * }</pre>
 */
@NullMarked
package dev.aicore.discovery.query.live;

import org.jspecify.annotations.NullMarked;
