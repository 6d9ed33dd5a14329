/**
 * Language that all sides of the registry share. Contains no I/O and no Spring classes.
 *
 * <p>There is one subpackage per feature with its commands, facts and views. The families that span features are here:
 * {@link ShardCommand} and its {@link Outcome}s, {@link InstanceFact} and the other {@link Fact}s, {@link
 * BinaryEvent}. Each command and each fact carries {@link EventMetadata}. Errors are in {@code error}, stored names in
 * {@code wire}.
 *
 * <pre>{@code
 * ShardCommand + EventMetadata -> shard -> Fact        -> read models -> view
 *                                       -> BinaryEvent (observations, checkpoints)
 *                                       -> Outcome     -> caller
 * }</pre>
 */
@NullMarked
package dev.aicore.discovery.api;

import org.jspecify.annotations.NullMarked;
