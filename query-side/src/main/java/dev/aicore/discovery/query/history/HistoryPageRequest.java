package dev.aicore.discovery.query.history;

import dev.aicore.discovery.query.watermark.ConsistencyRequirement;
import dev.aicore.discovery.web.MediaTypePreference;
import dev.aicore.discovery.web.QueryParameters;
import dev.aicore.discovery.web.StreamingResponseWriter;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;

/**
 * How a caller wants to read entries.
 *
 * @param behind the position that they begin behind, in their order
 * @param limit how many; null for a usual page, or for all lines
 * @param isOfLines whether as lines of JSON rather than as a page
 */
record HistoryPageRequest(
        ConsistencyRequirement wanted,
        EntryOrder order,
        long behind,
        @Nullable Integer limit,
        boolean isOfLines) {

    private static final int USUAL_PAGE = 100;
    private static final int MAX_PAGE = 1_000;

    /** From a request; violations stay with the query. */
    static HistoryPageRequest of(QueryParameters queryParameters, HttpHeaders headers) {
        boolean lines = MediaTypePreference.prefers(headers, StreamingResponseWriter.LINES, MediaType.APPLICATION_JSON);
        var entryOrder = queryParameters.choiceOr("order", EntryOrder.byWord(), EntryOrder.OLDEST_FIRST);
        return new HistoryPageRequest(
                ConsistencyRequirement.of(queryParameters),
                entryOrder,
                queryParameters.numberOr("cursor", 0, Long.MAX_VALUE, entryOrder.start()),
                queryParameters.integerOrNull("limit", 1, lines ? Integer.MAX_VALUE : MAX_PAGE),
                lines);
    }

    /** Entries on a page. */
    int page() {
        return Objects.requireNonNullElse(limit, USUAL_PAGE);
    }

    /** Lines at most. */
    long lines() {
        return limit == null ? Long.MAX_VALUE : limit;
    }
}
