package dev.aicore.discovery.command.collector;

import dev.aicore.discovery.api.shard.Outcome;
import java.time.Instant;

/**
 * What a caller is told, after it is durable.
 *
 * @param position of the event that says so; where nothing happened, the last position known here
 * @param at when it was decided, on the clock that leases run by
 */
public record Reply(Outcome outcome, long position, Instant at) {}
