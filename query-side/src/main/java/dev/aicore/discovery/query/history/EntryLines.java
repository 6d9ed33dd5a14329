package dev.aicore.discovery.query.history;

import dev.aicore.discovery.config.web.EventStream;
import java.util.List;
import reactor.core.publisher.Mono;

/** One caller who reads entries as lines: a page at a time is in memory, however many there are. */
final class EntryLines {

    static final int PAGE = 500;

    private final EntryPages pages;
    private final Order order;
    private volatile long left;
    private volatile long reached;
    private volatile boolean over;

    EntryLines(EntryPages pages, Reading reading) {
        this.pages = pages;
        this.order = reading.order();
        this.left = reading.lines();
    }

    /** The lines of the first page. */
    List<byte[]> begin(Stretch first) {
        return written(first);
    }

    /** Those of the next; empty behind the last one. To be asked for one at a time. */
    Mono<List<byte[]>> next() {
        return Mono.defer(
                () -> over ? Mono.empty() : pages.after(order, reached, PAGE).map(found -> written(found.rows())));
    }

    private List<byte[]> written(Stretch page) {
        long wanted = left;
        var entries = page.entries();
        var taken = entries.size() > wanted ? entries.subList(0, (int) wanted) : entries;
        left = wanted - taken.size();
        over = page.isLast() || left == 0;
        reached = page.reached();
        return taken.stream().map(EventStream::line).toList();
    }
}
