package dev.aicore.discovery.projection.processing;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * A fact that read models couldn't fold, or that waits for one.
 *
 * @param type its name
 * @param at when it was recorded
 * @param sequence what it is ordered with: an instance's id, a configuration, or a shard
 * @param projections the read models without it
 */
public record DeadLetter(long position, String type, Instant at, String sequence, List<Parking> projections) {

    public DeadLetter {
        projections = List.copyOf(projections);
    }

    /** The same fact, in the read models of both. */
    DeadLetter and(DeadLetter other) {
        var all = new ArrayList<>(projections);
        all.addAll(other.projections);
        return new DeadLetter(position, type, at, sequence, all);
    }

    /**
     * One of them.
     *
     * @param error why, or for which position it waits
     * @param attempts how often it was tried; 0 where it waits
     */
    public record Parking(String name, String error, int attempts, Instant parkedAt) {}
}
