package dev.aicore.discovery.query.history;

import dev.aicore.discovery.api.history.HistoryEntry;
import java.util.List;

/**
 * All entries of a range of positions, in the requested order. May be empty.
 *
 * @param reached position after which the next slice begins
 * @param isLast whether no entries follow
 */
record EntrySlice(List<HistoryEntry> entries, long reached, boolean isLast) {
    EntrySlice {
        entries = List.copyOf(entries);
    }
}
