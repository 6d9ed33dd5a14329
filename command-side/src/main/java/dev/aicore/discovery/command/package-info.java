/**
 * Root of the command side: all that decides and writes. Each subpackage holds one feature with its routes and its
 * configuration; {@link CommandConfiguration} imports the configurations. Writes of instances go through the command
 * gateway to a shard. API keys and configurations have their own aggregates, whose commands run one after another.
 * <pre>{@code
 * instance, health, restore, ... -> batching -> shard -> event store
 * access, configuration -> batching (SerialExecutor) -> aggregate -> event store
 * }</pre>
 */
@NullMarked
package dev.aicore.discovery.command;

import org.jspecify.annotations.NullMarked;
