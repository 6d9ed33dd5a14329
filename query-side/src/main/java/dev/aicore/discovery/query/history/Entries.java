package dev.aicore.discovery.query.history;

import dev.aicore.discovery.api.history.HistoryEntry;
import dev.aicore.discovery.api.history.HistoryView;
import dev.aicore.discovery.config.time.TimeSource;
import dev.aicore.discovery.config.web.Answer;
import dev.aicore.discovery.config.web.EventStream;
import dev.aicore.discovery.config.web.Written;
import dev.aicore.discovery.query.database.Marked;
import dev.aicore.discovery.query.watermark.Audited;
import dev.aicore.discovery.query.watermark.Visibility;
import java.time.Duration;
import java.util.List;
import org.springframework.http.server.reactive.ServerHttpResponse;
import reactor.core.publisher.Mono;

/** Answers with what happened: a page of it, or all of it as lines. */
final class Entries {

    private final EntriesReader reader;
    private final Visibility visibility;
    private final TimeSource time;
    private final Duration longestWrite;

    /** @param longestWrite how long the network may take for some lines */
    Entries(EntriesReader reader, Visibility visibility, TimeSource time, Duration longestWrite) {
        this.reader = reader;
        this.visibility = visibility;
        this.time = time;
        this.longestWrite = longestWrite;
    }

    /**
     * Writes the answer.
     *
     * @param ifNone where nothing is found, it is answered only if this doesn't fail
     */
    Mono<Void> answer(EntryFilter filter, Reading reading, Mono<Void> ifNone, ServerHttpResponse response) {
        return reading.isOfLines() ? lines(filter, reading, ifNone, response) : page(filter, reading, ifNone, response);
    }

    private Mono<Void> page(EntryFilter filter, Reading reading, Mono<Void> ifNone, ServerHttpResponse response) {
        int limit = reading.page();
        // One more than asked for tells whether there is a next page.
        return first(filter, reading, ifNone, limit + 1)
                .map(found -> page(found, limit))
                .flatMap(answer -> Written.of(answer).to(response));
    }

    private Answer<HistoryView> page(Marked<List<HistoryEntry>> found, int limit) {
        var entries = found.rows();
        boolean more = entries.size() > limit;
        var page = more ? entries.subList(0, limit) : entries;
        String next = more ? Long.toString(page.getLast().position()) : null;
        return Answer.of(new HistoryView(page), found.position(), time.now()).next(next);
    }

    /** Up to what is there when it begins, read page by page as fast as its caller takes it. */
    private Mono<Void> lines(EntryFilter filter, Reading reading, Mono<Void> ifNone, ServerHttpResponse response) {
        return first(filter, reading, ifNone, EntryLines.PAGE).flatMap(found -> {
            response.getHeaders().set(Answer.POSITION, Long.toString(found.position()));
            var lines = new EntryLines(reader, filter.upTo(found.position()), reading);
            return EventStream.writeLines(response, lines.begin(found.rows()), lines.next(), longestWrite);
        });
    }

    private Mono<Marked<List<HistoryEntry>>> first(EntryFilter filter, Reading reading, Mono<Void> ifNone, int limit) {
        return visibility
                .reflect(
                        reading.wanted(),
                        Audited.PROJECTIONS,
                        reader.page(filter, reading.order(), reading.behind(), limit))
                .flatMap(found -> found.rows().isEmpty() ? ifNone.thenReturn(found) : Mono.just(found));
    }
}
