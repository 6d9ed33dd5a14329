package dev.aicore.discovery.command.batching;

import dev.aicore.discovery.api.shard.Outcome;
import java.util.List;

/**
 * Reply to a request with many commands, sent when all of them are durable.
 *
 * @param outcomes outcomes in the order of the commands
 * @param position highest position of the events that the commands caused
 */
public record BatchReply(List<Outcome> outcomes, long position) {}
