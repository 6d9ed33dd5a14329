/**
 * Executes commands of aggregates other than shards. {@link dev.aicore.discovery.command.concurrent.SerialExecutor}
 * runs tasks one after another on one platform thread. It refuses tasks when too many wait.
 * <pre>{@code
 * route -> SerialExecutor (bounded queue, one thread) -> command bus -> aggregate -> event store
 * }</pre>
 */
@NullMarked
package dev.aicore.discovery.command.concurrent;

import org.jspecify.annotations.NullMarked;
