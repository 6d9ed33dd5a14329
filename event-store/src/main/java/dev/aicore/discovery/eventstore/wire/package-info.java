/**
 * Defines the stored form of events, snapshots and tracking tokens. Types are stored by wire name and revision, never
 * by class name, so that classes can be renamed.
 *
 * <p>{@link WireSerializer} resolves the type in {@link WireTypeRegistry}; {@link Upcasters} bring events of past
 * revisions to the current revision first. {@link SnapshotSerializer} uses one {@link SnapshotSerializer.SnapshotCodec}
 * per aggregate.
 *
 * <pre>{@code
 * write: event -> wire name, revision, JSON (or the event's own bytes)
 * read:  stored event -> upcasters -> current revision -> event
 *        event of a newer revision or an unknown name -> NewerEventException
 * }</pre>
 */
@NullMarked
package dev.aicore.discovery.eventstore.wire;

import org.jspecify.annotations.NullMarked;
