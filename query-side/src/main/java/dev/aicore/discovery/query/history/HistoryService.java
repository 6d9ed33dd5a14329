package dev.aicore.discovery.query.history;

import dev.aicore.discovery.access.CredentialValidity;
import dev.aicore.discovery.api.history.HistoryEntry.HistoryView;
import dev.aicore.discovery.config.time.TimeSource;
import dev.aicore.discovery.query.consistency.AuditedReads;
import dev.aicore.discovery.query.consistency.ReadYourWritesBarrier;
import dev.aicore.discovery.query.history.EntrySource.EntrySlice;
import dev.aicore.discovery.readmodel.database.PositionedResult;
import dev.aicore.discovery.web.ApiResponse;
import dev.aicore.discovery.web.SerializedResponse;
import dev.aicore.discovery.web.StreamingResponseWriter;
import java.time.Duration;
import org.springframework.http.server.reactive.ServerHttpResponse;
import reactor.core.publisher.Mono;

/** Writes history responses: one page, or all entries as lines. */
final class HistoryService {

    private final ReadYourWritesBarrier readYourWritesBarrier;
    private final TimeSource time;
    private final Duration maxWrite;

    /**
     * Creates a service.
     *
     * @param maxWrite maximum time that the network may take to accept a block of lines
     */
    HistoryService(ReadYourWritesBarrier readYourWritesBarrier, TimeSource time, Duration maxWrite) {
        this.readYourWritesBarrier = readYourWritesBarrier;
        this.time = time;
        this.maxWrite = maxWrite;
    }

    /**
     * Writes the response.
     *
     * @param ifNone subscribed to if no entries are found; if it fails, the response fails
     * @param validity of the caller's credentials; lines are cut off when it ends
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

    /**
     * Writes the entries that exist when the response begins. Reads page by page, as fast as the caller receives them.
     */
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
                            response,
                            Mono.just(lines.begin(result.rows())),
                            validity.validating(lines.next()),
                            maxWrite);
                });
    }

    private Mono<PositionedResult<EntrySlice>> first(
            EntrySource entrySource, HistoryPageRequest historyPageRequest, Mono<Void> ifNone, int max) {
        return readYourWritesBarrier
                .readAtLeast(
                        historyPageRequest.wanted(),
                        AuditedReads.PROJECTIONS,
                        entrySource.readAfter(historyPageRequest.order(), historyPageRequest.behind(), max))
                .flatMap(result -> result.rows().entries().isEmpty() ? ifNone.thenReturn(result) : Mono.just(result));
    }
}
