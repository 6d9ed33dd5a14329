package dev.aicore.discovery.api.history;

import java.util.List;

/** Page of history entries, oldest first. */
public record HistoryView(List<HistoryEntry> entries) {
    public HistoryView {
        entries = List.copyOf(entries);
    }
}
