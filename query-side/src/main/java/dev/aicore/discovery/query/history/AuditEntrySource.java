package dev.aicore.discovery.query.history;

import dev.aicore.discovery.api.history.HistoryEntry;
import dev.aicore.discovery.query.history.EntrySource.EntrySlice;
import dev.aicore.discovery.readmodel.database.PositionedResult;
import java.util.List;
import reactor.core.publisher.Mono;

/** Reads entries from the audit. */
record AuditEntrySource(HistoryEntryReader reader, EntryFilter filter) implements EntrySource {

    /** Returns the next slice. Reads one row more than requested, which shows whether there is a next slice. */
    @Override
    public Mono<PositionedResult<EntrySlice>> readAfter(EntryOrder entryOrder, long position, int max) {
        return reader.page(filter, entryOrder, position, max + 1)
                .map(result -> result.map(entries -> slice(entries, max)));
    }

    @Override
    public AuditEntrySource upTo(long position) {
        return new AuditEntrySource(reader, filter.upTo(position));
    }

    private static EntrySlice slice(List<HistoryEntry> entries, int max) {
        boolean isLast = entries.size() <= max;
        var selected = isLast ? entries : entries.subList(0, max);
        return new EntrySlice(
                selected, selected.isEmpty() ? 0 : selected.getLast().position(), isLast);
    }
}
