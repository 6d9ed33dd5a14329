package dev.aicore.discovery.query.history;

import java.util.List;

/**
 * Where an instance sat when it was observed.
 *
 * @param after observations are wanted behind this position
 * @param last and up to this one
 * @param earliest the first position whose observations weren't dropped yet
 */
record SlotAssignments(List<SlotAssignment> all, long after, long last, long earliest) {
    SlotAssignments {
        all = List.copyOf(all);
    }

    /**
     * One place in a shard: what was observed of it between two positions, both exclusive, was observed of the instance.
     *
     * @param until {@link Long#MAX_VALUE} while it still sits there
     */
    record SlotAssignment(String id, String service, int shard, int slot, long since, long until) {

        /** Whether anything could have been observed here of these positions. */
        boolean isWithin(long after, long last) {
            return Math.max(since, after) < Math.min(until - 1, last);
        }
    }

    /** The same, and none beyond a position. */
    SlotAssignments upTo(long position) {
        return new SlotAssignments(all, after, Math.min(last, position), earliest);
    }

    /** Those with something to read of these positions. */
    List<SlotAssignment> within(long after, long last) {
        return all.stream()
                .filter(slotAssignment -> slotAssignment.isWithin(after, last))
                .toList();
    }
}
