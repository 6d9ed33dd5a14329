package dev.aicore.discovery.projection.lease;

import dev.aicore.discovery.api.shard.ObservationKind;
import java.util.Collection;
import java.util.TreeMap;

/**
 * Collects the last check result of each slot of one shard. Events must be added in order. Stored sparsely, because
 * most slots have no check.
 */
final class SlotResults {

    /**
     * Check result.
     *
     * @param first the kind's first number
     * @param second the kind's second number
     * @param at time of the observation in epoch milliseconds
     * @param position position of the event that contains it
     */
    record SlotResult(int shard, int slot, ObservationKind kind, int first, int second, long at, long position) {}

    private final int shard;
    private final TreeMap<Integer, SlotResult> last = new TreeMap<>();

    SlotResults(int shard) {
        this.shard = shard;
    }

    /** Adds a result, which replaces the previous one of the slot. */
    void ended(int slot, ObservationKind kind, int first, int second, long at, long position) {
        last.put(slot, new SlotResult(shard, slot, kind, first, second, at, position));
    }

    /** Returns the results in order of slots. */
    Collection<SlotResult> all() {
        return last.values();
    }
}
