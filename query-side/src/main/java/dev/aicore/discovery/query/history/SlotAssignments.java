package dev.aicore.discovery.query.history;

import java.util.List;

/**
 * Slots that an instance occupied, by range of positions; needed to decode packed observations.
 *
 * @param after position after which observations are requested
 * @param last position up to which observations are requested
 * @param earliest first position whose observations have not been dropped
 */
record SlotAssignments(List<SlotAssignment> all, long after, long last, long earliest) {
    SlotAssignments {
        all = List.copyOf(all);
    }

    /**
     * One slot of a shard, occupied by the instance between two positions, both exclusive.
     *
     * @param until {@link Long#MAX_VALUE} while the instance still occupies the slot
     */
    record SlotAssignment(String id, String service, int shard, int slot, long since, long until) {

        /** Returns true if the slot may have observations at these positions. */
        boolean isWithin(long after, long last) {
            return Math.max(since, after) < Math.min(until - 1, last);
        }
    }

    /** Returns these assignments without positions after the given one. */
    SlotAssignments upTo(long position) {
        return new SlotAssignments(all, after, Math.min(last, position), earliest);
    }

    /** Returns the assignments that may have observations at these positions. */
    List<SlotAssignment> within(long after, long last) {
        return all.stream()
                .filter(slotAssignment -> slotAssignment.isWithin(after, last))
                .toList();
    }
}
