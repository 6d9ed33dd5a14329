package dev.aicore.discovery.query.history;

import dev.aicore.discovery.access.CredentialValidity;
import dev.aicore.discovery.api.history.HistoryView;
import dev.aicore.discovery.config.time.TimeSource;
import dev.aicore.discovery.query.database.PositionedResult;
import dev.aicore.discovery.query.watermark.AuditedReads;
import dev.aicore.discovery.query.watermark.ReadYourWritesBarrier;
import dev.aicore.discovery.web.ApiResponse;
import dev.aicore.discovery.web.SerializedResponse;
import dev.aicore.discovery.web.StreamingResponseWriter;
import java.time.Duration;
import org.springframework.http.server.reactive.ServerHttpResponse;
import reactor.core.publisher.Mono;

/** Answers with what happened: a page of it, or all of it as lines. */
final class HistoryService {

    private final ReadYourWritesBarrier readYourWritesBarrier;
    private final TimeSource time;
    private final Duration maxWrite;

    /** @param longestWrite how long the network may take for some lines */
    HistoryService(ReadYourWritesBarrier readYourWritesBarrier, TimeSource time, Duration longestWrite) {
        this.readYourWritesBarrier = readYourWritesBarrier;
        this.time = time;
        this.maxWrite = longestWrite;
    }

    /**
     * Writes the answer.
     *
     * @param ifNone where nothing is found, it is answered only if this doesn't fail
     * @param validity lines are broken off when it ends
     */
    Mono<Void> answer(
            EntrySource entrySource,
            HistoryPageRequest historyPageRequest,
            Mono<Void> ifNone,
            CredentialValidity validity,
            ServerHttpResponse response) {
        return historyPageRequest.isOfLines()
                ? lines(entrySource, historyPageRequest, ifNone, validity, response)
                : page(entrySource, historyPageRequest, ifNone, response);
    }

    private Mono<Void> page(
            EntrySource entrySource,
            HistoryPageRequest historyPageRequest,
            Mono<Void> ifNone,
            ServerHttpResponse response) {
        return first(entrySource, historyPageRequest, ifNone, historyPageRequest.page())
                .flatMap(result -> {
                    var page = result.rows();
                    var apiResponse = ApiResponse.of(new HistoryView(page.entries()), result.position(), time.now())
                            .next(page.isLast() ? null : Long.toString(page.reached()));
                    return SerializedResponse.of(apiResponse).to(response);
                });
    }

    /** Up to what is there when it begins, read page by page as fast as its caller takes it. */
    private Mono<Void> lines(
            EntrySource entrySource,
            HistoryPageRequest historyPageRequest,
            Mono<Void> ifNone,
            CredentialValidity validity,
            ServerHttpResponse response) {
        return first(entrySource, historyPageRequest, ifNone, EntryLineStream.PAGE)
                .flatMap(result -> {
                    response.getHeaders().set(ApiResponse.POSITION, Long.toString(result.position()));
                    var lines = new EntryLineStream(entrySource.upTo(result.position()), historyPageRequest);
                    return StreamingResponseWriter.writeLines(
                            response, Mono.just(lines.begin(result.rows())), validity.over(lines.next()), maxWrite);
                });
    }

    private Mono<PositionedResult<EntrySlice>> first(
            EntrySource entrySource, HistoryPageRequest historyPageRequest, Mono<Void> ifNone, int most) {
        return readYourWritesBarrier
                .reflect(
                        historyPageRequest.wanted(),
                        AuditedReads.PROJECTIONS,
                        entrySource.after(historyPageRequest.order(), historyPageRequest.behind(), most))
                .flatMap(result -> result.rows().entries().isEmpty() ? ifNone.thenReturn(result) : Mono.just(result));
    }
}
