package dev.aicore.discovery.query.history;

import dev.aicore.discovery.api.history.HistoryView;
import dev.aicore.discovery.config.access.Admission;
import dev.aicore.discovery.config.time.TimeSource;
import dev.aicore.discovery.config.web.Answer;
import dev.aicore.discovery.config.web.EventStream;
import dev.aicore.discovery.config.web.Written;
import dev.aicore.discovery.query.database.Marked;
import dev.aicore.discovery.query.watermark.Audited;
import dev.aicore.discovery.query.watermark.Visibility;
import java.time.Duration;
import org.springframework.http.server.reactive.ServerHttpResponse;
import reactor.core.publisher.Mono;

/** Answers with what happened: a page of it, or all of it as lines. */
final class Entries {

    private final Visibility visibility;
    private final TimeSource time;
    private final Duration longestWrite;

    /** @param longestWrite how long the network may take for some lines */
    Entries(Visibility visibility, TimeSource time, Duration longestWrite) {
        this.visibility = visibility;
        this.time = time;
        this.longestWrite = longestWrite;
    }

    /**
     * Writes the answer.
     *
     * @param ifNone where nothing is found, it is answered only if this doesn't fail
     * @param admission lines are broken off when it ends
     */
    Mono<Void> answer(
            EntryPages pages, Reading reading, Mono<Void> ifNone, Admission admission, ServerHttpResponse response) {
        return reading.isOfLines()
                ? lines(pages, reading, ifNone, admission, response)
                : page(pages, reading, ifNone, response);
    }

    private Mono<Void> page(EntryPages pages, Reading reading, Mono<Void> ifNone, ServerHttpResponse response) {
        return first(pages, reading, ifNone, reading.page()).flatMap(found -> {
            var page = found.rows();
            var answer = Answer.of(new HistoryView(page.entries()), found.position(), time.now())
                    .next(page.isLast() ? null : Long.toString(page.reached()));
            return Written.of(answer).to(response);
        });
    }

    /** Up to what is there when it begins, read page by page as fast as its caller takes it. */
    private Mono<Void> lines(
            EntryPages pages, Reading reading, Mono<Void> ifNone, Admission admission, ServerHttpResponse response) {
        return first(pages, reading, ifNone, EntryLines.PAGE).flatMap(found -> {
            response.getHeaders().set(Answer.POSITION, Long.toString(found.position()));
            var lines = new EntryLines(pages.upTo(found.position()), reading);
            return EventStream.writeLines(
                    response, Mono.just(lines.begin(found.rows())), admission.over(lines.next()), longestWrite);
        });
    }

    private Mono<Marked<Stretch>> first(EntryPages pages, Reading reading, Mono<Void> ifNone, int most) {
        return visibility
                .reflect(reading.wanted(), Audited.PROJECTIONS, pages.after(reading.order(), reading.behind(), most))
                .flatMap(found -> found.rows().entries().isEmpty() ? ifNone.thenReturn(found) : Mono.just(found));
    }
}
