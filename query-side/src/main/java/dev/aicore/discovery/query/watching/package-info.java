/**
 * Notifies callers of changes: of a service, as a stream or as a response that waits for the next change, and of all
 * facts.
 *
 * <p>{@code WatchHub} polls for changes while there are watchers and wakes only the watchers of changed services.
 * {@code WatchSession} then reads the page of events through {@code ServiceWatchPages}: from memory if the service is
 * cached, otherwise from the tables up to their watermark. {@code RequestCoalescer} shares equal reads. {@code
 * ServiceChangeWaiter} serves long polling. {@code ChangeTracker} records which services changed, for the snapshots in
 * memory. {@code LiveFactFeed} receives facts as this process appends them, and {@code RecentFactBuffer} buffers the
 * last ones, so that watchers don't wait for the tables of the read models. {@code FactStreamSession} streams the
 * facts of the store in the order in which they were written.
 *
 * <pre>{@code
 * event appender --> LiveFactFeed --> RecentFactBuffer --> LiveChangePoller, cached snapshots
 * ChangePoller --> WatchHub --> WatchSession --> WatchPageSource --> event stream
 *                     |
 *                     +--> ServiceChangeWaiter --> discovery with index
 *                     +--> ChangeTracker --> cached snapshots
 * GET /api/v1/events --> StreamLimit --> FactStreamSession --> FactPageReader --> event stream or lines
 * }</pre>
 */
@NullMarked
package dev.aicore.discovery.query.watching;

import org.jspecify.annotations.NullMarked;
