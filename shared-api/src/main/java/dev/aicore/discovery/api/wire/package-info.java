/**
 * Wire names and revisions of all stored events.
 *
 * <p>{@link WireTypes} lists one {@link WireTypes.WireType} per event class. Serializers use the list to write and read
 * events, so that a class can be renamed or moved without changing the store. Names and revisions of stored events
 * never change.
 *
 * <pre>{@code
 * event class <-> WireType (name, revision) <-> row of the event store (JSON or packed bytes)
 * }</pre>
 */
@NullMarked
package dev.aicore.discovery.api.wire;

import org.jspecify.annotations.NullMarked;
