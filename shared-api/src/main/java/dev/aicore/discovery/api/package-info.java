/**
 * Commands, events, views and error codes that all sides of the registry share. Contains no I/O and no Spring classes.
 *
 * <p>A command carries {@link EventMetadata}. A shard decides the command and emits events: {@link Fact}s, which are
 * kept permanently and carry the same metadata, or {@link BinaryEvent}s, which are packed. Queries return views.
 *
 * <pre>{@code
 * command + EventMetadata -> shard -> Fact        -> read models -> view
 *                                  -> BinaryEvent (observations, checkpoints)
 *                                  -> Outcome     -> caller
 * }</pre>
 *
 * <p>There is one subpackage per feature: {@code instance}, {@code shard}, {@code lease}, {@code health},
 * {@code access}, {@code configuration} and so on. Stored names are listed in {@code wire}.
 */
@NullMarked
package dev.aicore.discovery.api;

import org.jspecify.annotations.NullMarked;
