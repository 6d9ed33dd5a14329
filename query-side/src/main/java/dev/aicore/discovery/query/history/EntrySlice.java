package dev.aicore.discovery.query.history;

import dev.aicore.discovery.api.history.HistoryEntry;
import java.util.List;

/**
 * All entries of a stretch of positions, in the order that was asked for. It may be without any.
 *
 * @param reached the position that the next one begins behind
 * @param isLast whether nothing lies beyond it
 */
record EntrySlice(List<HistoryEntry> entries, long reached, boolean isLast) {
    EntrySlice {
        entries = List.copyOf(entries);
    }
}
