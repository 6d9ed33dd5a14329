package dev.aicore.discovery.command.collector;

import dev.aicore.discovery.api.shard.Outcome;
import java.util.Map;

/**
 * What a caller who asked for many things at once is told, after all of it is durable.
 *
 * @param outcomes by id
 * @param position the highest of the events that say so
 */
public record ManyReplies(Map<String, Outcome> outcomes, long position) {}
