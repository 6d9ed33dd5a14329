package dev.aicore.discovery.command.collector;

import dev.aicore.discovery.api.shard.Settled;
import java.util.List;

/**
 * What a shard made of a batch, once that is durable.
 *
 * @param settled one for each item, in their order
 * @param firstPosition of the batch's events, whose positions are consecutive; 0 if it has none
 * @param events how many they are
 */
record Verdict(List<Settled> settled, long firstPosition, int events) {}
