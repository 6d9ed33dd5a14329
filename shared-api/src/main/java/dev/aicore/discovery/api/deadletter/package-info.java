/**
 * Dead letters: facts that a read model can't fold.
 *
 * <p>A projection sets a failing fact and all later facts of its sequence aside. An operator retries or drops them. A
 * drop is an event, {@link DeadLetterDropped}, so that every read model applies it.
 *
 * <pre>{@code
 * fact -> projection fails -> dead letter -> retry          -> read model
 *                                         -> DropDeadLetter -> DeadLetterDropped -> read models go on
 * }</pre>
 */
@NullMarked
package dev.aicore.discovery.api.deadletter;

import org.jspecify.annotations.NullMarked;
