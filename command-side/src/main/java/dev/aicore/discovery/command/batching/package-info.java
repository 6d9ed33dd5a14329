/**
 * Batches the commands of each shard, and expires leases. {@link CommandGateway} is the entry point of all commands.
 * It routes a command to the batcher of its shard, which decides one batch at a time and completes the replies when
 * the batch is durable. The lease index follows the outcomes and remembers the shard of each id and when its lease is
 * due; the lease expirer proposes due leases to the shards, which decide, and extends all leases after a time without
 * received heartbeats. {@link SerialExecutor} executes the commands of the other aggregates one after another on one
 * thread.
 * <pre>{@code
 * routes -> CommandGateway -> ShardBatcher (BatchQueue) -> ShardDispatcher -> RegistryShard -> event store
 *                                ^         |
 *           proposals, extensions|         | outcomes
 *                           LeaseExpirer <-+-> LeaseIndex, OutcomeListener, CommandReply
 * }</pre>
 */
@NullMarked
package dev.aicore.discovery.command.batching;

import org.jspecify.annotations.NullMarked;
