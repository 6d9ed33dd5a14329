/**
 * Batches of commands, the observations, and the shard's own events.
 *
 * <p>A shard is the aggregate of all services that {@link ShardPartitioner} assigns to it. It decides a {@link
 * DecideBatch} of {@code ShardCommand}s in order and returns one {@link CommandResult} per command. Heartbeats, check
 * results and call reports are observations: {@link ObservationPacker} packs those of a batch into one event, which
 * names instances by slot. {@link ShardCheckpointed} records the slots.
 *
 * <pre>{@code
 * DecideBatch [ShardCommand...] -> shard -> CommandResult (Outcome) per command
 *                                        -> facts
 *                                        -> ObservationsRecorded (slot, kind, delay, arguments)
 *                                        -> ShardCheckpointed    (slot, last renewal, id)
 * }</pre>
 */
@NullMarked
package dev.aicore.discovery.api.shard;

import org.jspecify.annotations.NullMarked;
