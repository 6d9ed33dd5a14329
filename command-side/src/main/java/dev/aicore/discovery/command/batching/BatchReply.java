package dev.aicore.discovery.command.batching;

import dev.aicore.discovery.api.shard.Outcome;
import java.util.List;

/**
 * What a caller who asked for many things at once is told, after all of it is durable.
 *
 * @param outcomes in the order in which they were asked for
 * @param position the highest of the events that say so
 */
public record BatchReply(List<Outcome> outcomes, long position) {}
