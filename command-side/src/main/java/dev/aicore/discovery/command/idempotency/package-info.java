/**
 * Executes writes at most once per idempotency key. {@link dev.aicore.discovery.command.idempotency.IdempotentExecutor}
 * is used by the routes that accept a key.
 * <pre>{@code
 * write with key -> InFlightKeys -> look-up in the store -> found: stored reply
 *                                                        -> not found: IdempotencyKeyQuota -> write
 *                                                           (the key is stored with the write's event)
 * }</pre>
 */
@NullMarked
package dev.aicore.discovery.command.idempotency;

import org.jspecify.annotations.NullMarked;
