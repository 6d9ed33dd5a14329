/**
 * Quarantine of events that can't be read.
 *
 * <p>A repair moves the original row from the event store to the table {@code store.quarantine} and puts
 * {@link EventQuarantined} at its position. The positions stay without gaps, and shards and read models can be loaded
 * again.
 *
 * <pre>{@code
 * unreadable row -> store.quarantine (original row)
 *                -> EventQuarantined (same position)
 * }</pre>
 */
@NullMarked
package dev.aicore.discovery.api.quarantine;

import org.jspecify.annotations.NullMarked;
