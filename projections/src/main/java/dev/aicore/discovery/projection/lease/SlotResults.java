package dev.aicore.discovery.projection.lease;

import dev.aicore.discovery.api.shard.ObservationKind;
import java.util.Collection;
import java.util.TreeMap;

/** How the last look at each slot of one shard ended, gathered from many events in their order. Most slots are never looked at. */
final class SlotResults {

    /**
     * A result.
     *
     * @param first the kind's first number
     * @param second the kind's second number
     * @param at when it was observed, epoch milliseconds
     * @param position of the event that has it
     */
    record SlotResult(int shard, int slot, ObservationKind kind, int first, int second, long at, long position) {}

    private final int shard;
    private final TreeMap<Integer, SlotResult> last = new TreeMap<>();

    SlotResults(int shard) {
        this.shard = shard;
    }

    /** Takes one. The last one taken counts. */
    void ended(int slot, ObservationKind kind, int first, int second, long at, long position) {
        last.put(slot, new SlotResult(shard, slot, kind, first, second, at, position));
    }

    /** What was gathered, in order of slots. */
    Collection<SlotResult> all() {
        return last.values();
    }
}
