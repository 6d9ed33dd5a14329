package dev.aicore.discovery.projection.processing;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Fact that read models couldn't fold, or that waits for an earlier one.
 *
 * @param type wire name of the fact
 * @param at time at which the fact was recorded
 * @param sequence sequence of the fact: an instance's id, a configuration, or a shard
 * @param projections read models that lack the fact
 */
public record DeadLetter(long position, String type, Instant at, String sequence, List<Parking> projections) {

    public DeadLetter {
        projections = List.copyOf(projections);
    }

    /** Returns this dead letter with the read models of both. */
    DeadLetter and(DeadLetter other) {
        var all = new ArrayList<>(projections);
        all.addAll(other.projections);
        return new DeadLetter(position, type, at, sequence, all);
    }

    /**
     * State of a dead letter in one read model.
     *
     * @param name name of the projection
     * @param error why it couldn't be folded, or the position that it waits for
     * @param attempts number of failed attempts; 0 if the fact waits for another one
     */
    public record Parking(String name, String error, int attempts, Instant parkedAt) {}
}
