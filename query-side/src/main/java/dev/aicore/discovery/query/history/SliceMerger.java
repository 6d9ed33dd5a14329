package dev.aicore.discovery.query.history;

import dev.aicore.discovery.api.history.HistoryEntry;
import dev.aicore.discovery.query.history.EntrySource.EntrySlice;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Merges two slices over the same positions, up to the end of the shorter one. */
final class SliceMerger {

    private SliceMerger() {}

    static EntrySlice of(EntrySlice one, EntrySlice other, EntryOrder entryOrder, int max) {
        long common = entryOrder.first(ends(one, entryOrder), ends(other, entryOrder));
        var merged = new ArrayList<HistoryEntry>(one.entries());
        merged.addAll(other.entries());
        merged.removeIf(entry -> entryOrder.isBeyond(entry.position(), common));
        merged.sort(Comparator.comparing(HistoryEntry::position, entryOrder.comparator()));
        boolean isLast = one.isLast() && other.isLast();
        if (merged.size() <= max) {
            return new EntrySlice(merged, common, isLast);
        }
        int taken = completeCount(merged, max);
        return new EntrySlice(
                merged.subList(0, taken), merged.get(taken - 1).position(), isLast && taken == merged.size());
    }

    private static long ends(EntrySlice entrySlice, EntryOrder entryOrder) {
        return entrySlice.isLast() ? entryOrder.opposite().start() : entrySlice.reached();
    }

    /**
     * Returns the number of entries to take: {@code most}, and all further ones that share the position of the last.
     */
    private static int completeCount(List<HistoryEntry> entries, int max) {
        int taken = max;
        while (taken < entries.size()
                && entries.get(taken).position() == entries.get(taken - 1).position()) {
            taken++;
        }
        return taken;
    }
}
