/**
 * Keeps a snapshot of the whole registry in memory, for protocols whose clients read everything at once.
 *
 * <p>{@code RegistrySnapshotService} brings the snapshot up to date at each read: from the facts of this process while
 * it is the only writer, otherwise from the services that the read models report as changed. {@code
 * RegistrySnapshotBuilder} folds the changes. Nothing is read and nothing is held before the first request.
 *
 * <pre>{@code
 * request --> RegistrySnapshotService --> RegistrySnapshot (immutable)
 *                  |        |
 *                  |        +--> LiveFactFeed, RecentFactBuffer --> RegistrySnapshotBuilder
 *                  +--> ChangePoller, RegistryPageReader (PostgreSQL) ---^
 * }</pre>
 */
@NullMarked
package dev.aicore.discovery.query.discovery.registry;

import org.jspecify.annotations.NullMarked;
