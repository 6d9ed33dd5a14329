package dev.aicore.discovery.query.history;

import dev.aicore.discovery.api.history.HistoryEntry;
import dev.aicore.discovery.query.database.PositionedResult;
import java.util.List;
import reactor.core.publisher.Mono;

/** Reads entries from the audit. */
record AuditEntrySource(HistoryEntryReader reader, EntryFilter filter) implements EntrySource {

    /** Returns the next slice. Reads one row more than requested, which shows whether there is a next slice. */
    @Override
    public Mono<PositionedResult<EntrySlice>> after(EntryOrder entryOrder, long behind, int most) {
        return reader.page(filter, entryOrder, behind, most + 1)
                .map(result -> result.map(entries -> stretch(entries, most)));
    }

    @Override
    public AuditEntrySource upTo(long position) {
        return new AuditEntrySource(reader, filter.upTo(position));
    }

    private static EntrySlice stretch(List<HistoryEntry> entries, int most) {
        boolean isLast = entries.size() <= most;
        var taken = isLast ? entries : entries.subList(0, most);
        return new EntrySlice(taken, taken.isEmpty() ? 0 : taken.getLast().position(), isLast);
    }
}
