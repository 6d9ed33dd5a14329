package dev.aicore.discovery.api.history;

import java.util.List;

/** A page of what happened, the oldest first. */
public record HistoryView(List<HistoryEntry> entries) {
    public HistoryView {
        entries = List.copyOf(entries);
    }
}
