/**
 * Drops dead letters at the request of an administrator. The service reads the dead letter from the database and
 * submits its drop to the shard of its sequence. The shard records a fact; the read models then continue without the
 * dropped fact, which stays in the store.
 * <pre>{@code
 * DELETE dead-letters/{position} -> DeadLetterDropService -> DeadLetterReader
 *                                          |-> CommandGateway -> shard -> DeadLetterDropped
 * }</pre>
 */
@NullMarked
package dev.aicore.discovery.command.deadletter;

import org.jspecify.annotations.NullMarked;
