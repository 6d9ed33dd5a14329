package dev.aicore.discovery.query.history;

import dev.aicore.discovery.api.history.HistoryEntry;
import dev.aicore.discovery.query.database.Marked;
import java.util.List;
import reactor.core.publisher.Mono;

/** What the audit has. */
record AuditPages(EntriesReader reader, EntryFilter filter) implements EntryPages {

    /** One more than asked for tells whether there is a next one. */
    @Override
    public Mono<Marked<Stretch>> after(Order order, long behind, int most) {
        return reader.page(filter, order, behind, most + 1).map(found -> found.map(entries -> stretch(entries, most)));
    }

    @Override
    public AuditPages upTo(long position) {
        return new AuditPages(reader, filter.upTo(position));
    }

    private static Stretch stretch(List<HistoryEntry> entries, int most) {
        boolean isLast = entries.size() <= most;
        var taken = isLast ? entries : entries.subList(0, most);
        return new Stretch(taken, taken.isEmpty() ? 0 : taken.getLast().position(), isLast);
    }
}
