package dev.aicore.discovery.query.history;

import dev.aicore.discovery.query.history.EntrySource.EntrySlice;
import dev.aicore.discovery.web.StreamingResponseWriter;
import java.util.List;
import reactor.core.publisher.Mono;

/**
 * Streams entries to one caller as lines. Only one page at a time is in memory, regardless of the number of entries.
 */
final class EntryLineStream {

    static final int PAGE = 500;

    private final EntrySource entrySource;
    private final EntryOrder entryOrder;
    private volatile long remaining;
    private volatile long reached;
    private volatile boolean ended;

    EntryLineStream(EntrySource entrySource, HistoryPageRequest historyPageRequest) {
        this.entrySource = entrySource;
        this.entryOrder = historyPageRequest.order();
        this.remaining = historyPageRequest.lines();
    }

    /** Returns the lines of the first page. */
    List<byte[]> begin(EntrySlice first) {
        return toLines(first);
    }

    /** Returns the lines of the next page; empty after the last page. Must be called for one page at a time. */
    Mono<List<byte[]>> next() {
        return Mono.defer(() -> ended
                ? Mono.empty()
                : entrySource.readAfter(entryOrder, reached, PAGE).map(result -> toLines(result.rows())));
    }

    private List<byte[]> toLines(EntrySlice page) {
        long wanted = remaining;
        var entries = page.entries();
        var taken = entries.size() > wanted ? entries.subList(0, (int) wanted) : entries;
        remaining = wanted - taken.size();
        ended = page.isLast() || remaining == 0;
        reached = page.reached();
        return taken.stream().map(StreamingResponseWriter::line).toList();
    }
}
