package dev.aicore.discovery.command.collector;

import dev.aicore.discovery.api.shard.Outcome;

/**
 * What a caller is told, after it is durable.
 *
 * @param position of the event that says so; where nothing happened, the last position known here
 */
public record Reply(Outcome outcome, long position) {}
