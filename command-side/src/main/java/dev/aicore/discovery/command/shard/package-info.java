/**
 * Implements the shard: the aggregate that decides all commands about the services that hash to it.
 * {@link dev.aicore.discovery.command.shard.ShardDecider} is the pure function from state, command and time to a
 * {@link dev.aicore.discovery.command.shard.Decision}; each feature has a decider of its own, which returns events and
 * never calls back. {@link dev.aicore.discovery.command.shard.BatchDecider} carries the decisions out: it records their
 * events, packs the observations of a batch into one event, and
 * {@link dev.aicore.discovery.command.shard.ShardEvolver} folds every event into the state. Snapshots and checkpoints
 * bound the number of events that loading reads.
 * <pre>{@code
 * DecideBatch -> RegistryShard -> BatchDecider --- command ---> ShardDecider -> RegistrationDecider, HealthDecider, ...
 *                                  ^   |  <------ Decision ----      | reads
 *                                  |   | events                      v
 *                   replay -> ShardEvolver ---------------------> ShardState -> ShardSnapshotCodec (every n events)
 * }</pre>
 */
@NullMarked
package dev.aicore.discovery.command.shard;

import org.jspecify.annotations.NullMarked;
