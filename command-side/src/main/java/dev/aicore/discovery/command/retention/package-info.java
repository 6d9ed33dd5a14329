/**
 * Drops old observations by partition. A run reads the state of the store, plans, archives and drops. A partition is
 * dropped only when each shard has a snapshot and a checkpoint after it and each projection has read it; missing ones
 * are requested from the shards.
 * <pre>{@code
 * RetentionScheduler, RetentionController -> RetentionService -> StoreUsageReader -> RetentionPlan
 *                                                  |-> PartitionArchive, PartitionDropRows (drop)
 *                                                  |-> CheckpointRequester -> shards (blockers)
 * }</pre>
 */
@NullMarked
package dev.aicore.discovery.command.retention;

import org.jspecify.annotations.NullMarked;
