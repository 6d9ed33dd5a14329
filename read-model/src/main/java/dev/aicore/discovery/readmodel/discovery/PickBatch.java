package dev.aicore.discovery.readmodel.discovery;

import java.time.Instant;
import java.util.List;

/**
 * Picks that a node has counted and not persisted yet.
 *
 * @param number of the batch on this node, from 1; its counts are added once, even if it is sent repeatedly
 */
public record PickBatch(long number, List<Count> counts) {

    /** Instance id of picks that aren't attributed to an instance. */
    public static final String UNATTRIBUTED = "";

    public PickBatch {
        counts = List.copyOf(counts);
    }

    /** Key of a count. */
    public record PickKey(String service, String strategy, String instance) {

        /** Returns the key of the same service and strategy without an instance. */
        public PickKey unattributed() {
            return new PickKey(service, strategy, UNATTRIBUTED);
        }
    }

    /**
     * Number of picks of one key.
     *
     * @param picks greater than 0
     * @param begun time at which the first pick was counted, or earlier
     * @param since position of the event store that had been passed when the first pick was counted; a reset at a later
     * position discards the count
     */
    public record Count(PickKey key, long picks, Instant begun, long since) {}
}
