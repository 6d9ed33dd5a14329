package dev.aicore.discovery.query.balancing;

import java.time.Instant;
import java.util.List;

/**
 * Picks that a node has counted and that aren't written down yet.
 *
 * @param number of this node's batches, from 1; its counts are written down once, however often they are sent
 */
record PickBatch(long number, List<Count> counts) {

    /** The instance of picks that aren't counted of any in particular. */
    static final String TOGETHER = "";

    PickBatch {
        counts = List.copyOf(counts);
    }

    /** What is counted together. */
    record PickKey(String service, String strategy, String instance) {

        PickKey together() {
            return new PickKey(service, strategy, TOGETHER);
        }
    }

    /**
     * So many picks.
     *
     * @param picks greater than 0
     * @param begun when the first of them was counted, or one before it
     * @param since a position of the event store that was passed when the first was counted: a reset beyond it takes all of them
     */
    record Count(PickKey key, long picks, Instant begun, long since) {}
}
