/**
 * Implements the shard: the aggregate that decides all commands about the services that hash to it. A batch of commands
 * reaches {@link dev.aicore.discovery.command.shard.RegistryShard}. The batch decider passes each command to the
 * decider of its kind, which reads the shard's state and the policies and records events. Events change the state;
 * heartbeats, check results and call reports are packed into one event. Snapshots and checkpoints bound the number of
 * events that loading reads.
 * <pre>{@code
 * DecideBatch -> RegistryShard -> BatchDecider -> RegistrationDecider, RenewalDecider, ExpiryDecider, ...
 *                    ^                                      | events
 *                    | event sourcing                       v
 *                ShardState <------------------------- event store -> ShardSnapshotCodec (every n events)
 * }</pre>
 */
@NullMarked
package dev.aicore.discovery.command.shard;

import org.jspecify.annotations.NullMarked;
