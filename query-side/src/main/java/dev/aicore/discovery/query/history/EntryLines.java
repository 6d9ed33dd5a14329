package dev.aicore.discovery.query.history;

import dev.aicore.discovery.api.history.HistoryEntry;
import dev.aicore.discovery.config.web.EventStream;
import java.util.List;
import reactor.core.publisher.Mono;

/** One caller who reads entries as lines: a page at a time is in memory, however many there are. */
final class EntryLines {

    static final int PAGE = 500;

    private final EntriesReader reader;
    private final EntryFilter filter;
    private final Order order;
    private volatile long left;
    private volatile long reached;
    private volatile boolean over;

    EntryLines(EntriesReader reader, EntryFilter filter, Reading reading) {
        this.reader = reader;
        this.filter = filter;
        this.order = reading.order();
        this.left = reading.lines();
    }

    /** The lines of the first page. */
    List<byte[]> begin(List<HistoryEntry> first) {
        return written(first);
    }

    /** Those of the next; empty behind the last one. To be asked for one at a time. */
    Mono<List<byte[]>> next() {
        return Mono.defer(() ->
                over ? Mono.empty() : reader.page(filter, order, reached, PAGE).map(found -> written(found.rows())));
    }

    private List<byte[]> written(List<HistoryEntry> page) {
        long wanted = left;
        var taken = page.size() > wanted ? page.subList(0, (int) wanted) : page;
        left = wanted - taken.size();
        over = page.size() < PAGE || wanted == taken.size();
        if (!taken.isEmpty()) {
            reached = taken.getLast().position();
        }
        return taken.stream().map(EventStream::line).toList();
    }
}
