/**
 * Notifies callers of changes: as a stream, or as a response that waits for the next change.
 *
 * <p>{@code WatchHub} polls for changes while there are watchers and wakes only the watchers of changed services.
 * {@code WatchSession} then reads the page of events through {@code ServiceWatchPages}: from memory if the service is
 * cached, otherwise from the tables up to their watermark. {@code RequestCoalescer} shares equal reads.
 * {@code ServiceChangeWaiter} serves long polling. {@code ChangeTracker} records which services changed, for the
 * snapshots in memory.
 *
 * <pre>{@code
 * ChangePoller --> WatchHub --> WatchSession --> WatchPageSource --> event stream
 *                     |
 *                     +--> ServiceChangeWaiter --> discovery with index
 *                     +--> ChangeTracker --> cached snapshots
 * }</pre>
 */
@NullMarked
package dev.aicore.discovery.query.watching;

import org.jspecify.annotations.NullMarked;
