/**
 * Restores a service to its state at an earlier point, by further facts. The comparator reads both states from the read
 * models; the plan contains one step per difference; the shard executes the steps as ordinary commands with
 * preconditions.
 * <pre>{@code
 * RestoreController -> ServiceComparator -> ServiceComparison -> RestorePlan (RestoreStep) -> CommandGateway -> shard
 *                                                                     |
 *                                                           dry run: RestoreView with token
 * }</pre>
 */
@NullMarked
package dev.aicore.discovery.command.restore;

import org.jspecify.annotations.NullMarked;
