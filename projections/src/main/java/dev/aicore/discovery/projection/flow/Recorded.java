package dev.aicore.discovery.projection.flow;

import java.time.Instant;

/**
 * A fact as the store holds it.
 *
 * @param sequence what it is ordered with: its instance's id, its configuration, or the shard's name for a shard's own facts
 * @param shard the name of the shard that decided it
 * @param position its place in the store
 * @param at when it was recorded
 */
public record Recorded(Object fact, String sequence, String shard, long position, Instant at) {}
