package dev.aicore.discovery.query.history;

import dev.aicore.discovery.web.StreamingResponseWriter;
import java.util.List;
import reactor.core.publisher.Mono;

/** One caller who reads entries as lines: a page at a time is in memory, however many there are. */
final class EntryLineStream {

    static final int PAGE = 500;

    private final EntrySource entrySource;
    private final EntryOrder entryOrder;
    private volatile long left;
    private volatile long reached;
    private volatile boolean over;

    EntryLineStream(EntrySource entrySource, HistoryPageRequest historyPageRequest) {
        this.entrySource = entrySource;
        this.entryOrder = historyPageRequest.order();
        this.left = historyPageRequest.lines();
    }

    /** The lines of the first page. */
    List<byte[]> begin(EntrySlice first) {
        return written(first);
    }

    /** Those of the next; empty behind the last one. To be asked for one at a time. */
    Mono<List<byte[]>> next() {
        return Mono.defer(() -> over
                ? Mono.empty()
                : entrySource.after(entryOrder, reached, PAGE).map(result -> written(result.rows())));
    }

    private List<byte[]> written(EntrySlice page) {
        long wanted = left;
        var entries = page.entries();
        var taken = entries.size() > wanted ? entries.subList(0, (int) wanted) : entries;
        left = wanted - taken.size();
        over = page.isLast() || left == 0;
        reached = page.reached();
        return taken.stream().map(StreamingResponseWriter::line).toList();
    }
}
