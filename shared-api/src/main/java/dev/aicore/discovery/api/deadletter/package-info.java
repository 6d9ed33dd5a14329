/**
 * Dead letters, facts that a read model can't fold, and the quarantine of events that can't be read.
 *
 * <p>A projection sets a failing fact and all later facts of its sequence aside. An operator retries or drops them. A
 * drop is an event, {@link DeadLetterDropped}, so that every read model applies it. A repair moves an unreadable row
 * from the event store to the table {@code store.quarantine} and puts {@link EventQuarantined} at its position. The
 * positions stay without gaps, and shards and read models can be loaded again.
 *
 * <pre>{@code
 * fact -> projection fails -> dead letter -> retry          -> read model
 *                                         -> DropDeadLetter -> DeadLetterDropped -> read models go on
 * unreadable row -> store.quarantine (original row)
 *                -> EventQuarantined (same position)
 * }</pre>
 */
@NullMarked
package dev.aicore.discovery.api.deadletter;

import org.jspecify.annotations.NullMarked;
