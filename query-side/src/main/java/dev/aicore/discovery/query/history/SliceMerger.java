package dev.aicore.discovery.query.history;

import dev.aicore.discovery.api.history.HistoryEntry;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Merges two slices over the same positions, up to the end of the shorter one. */
final class SliceMerger {

    private SliceMerger() {}

    static EntrySlice of(EntrySlice one, EntrySlice other, EntryOrder entryOrder, int most) {
        long common = entryOrder.nearer(ends(one, entryOrder), ends(other, entryOrder));
        var merged = new ArrayList<HistoryEntry>(one.entries());
        merged.addAll(other.entries());
        merged.removeIf(entry -> entryOrder.isBeyond(entry.position(), common));
        merged.sort(Comparator.comparing(HistoryEntry::position, entryOrder.comparator()));
        boolean isLast = one.isLast() && other.isLast();
        if (merged.size() <= most) {
            return new EntrySlice(merged, common, isLast);
        }
        int taken = whole(merged, most);
        return new EntrySlice(
                merged.subList(0, taken), merged.get(taken - 1).position(), isLast && taken == merged.size());
    }

    private static long ends(EntrySlice entrySlice, EntryOrder entryOrder) {
        return entrySlice.isLast() ? entryOrder.opposite().start() : entrySlice.reached();
    }

    /**
     * Returns the number of entries to take: {@code most}, and all further ones that share the position of the last.
     */
    private static int whole(List<HistoryEntry> entries, int most) {
        int taken = most;
        while (taken < entries.size()
                && entries.get(taken).position() == entries.get(taken - 1).position()) {
            taken++;
        }
        return taken;
    }
}
