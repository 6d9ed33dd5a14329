/**
 * Keeps snapshots of services in memory, from which discovery answers.
 *
 * <p>{@code SnapshotService} decides whether a cached snapshot is current, reads a store otherwise, and serves a stale
 * snapshot while no store answers. {@code ServiceSnapshotCache} holds the snapshots within a share of the heap and
 * applies live facts to them. {@code ChangeLog} holds their last changes for watchers. A service that is too large is
 * cached as an outline, without metadata, tags and checks; {@code OutlineFallback} decides which one is read.
 *
 * <pre>{@code
 * discovery --> SnapshotService --> ServiceSnapshotCache <-- LiveFactFeed
 *                   |                        |
 *                   |                        +--> ChangeLog --> watchers
 *                   +--> ChangeTracker (is it current?)
 *                   +--> ServiceInstanceLookup --> Redis, PostgreSQL (if not)
 * }</pre>
 */
@NullMarked
package dev.aicore.discovery.query.discovery.snapshot;

import org.jspecify.annotations.NullMarked;
