package dev.aicore.discovery.query.history;

import dev.aicore.discovery.query.consistency.ConsistencyRequirement;
import dev.aicore.discovery.web.MediaTypePreference;
import dev.aicore.discovery.web.QueryParameters;
import dev.aicore.discovery.web.StreamingResponseWriter;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;

/**
 * Parameters by which a caller reads entries.
 *
 * @param behind position after which the entries begin, in their order
 * @param limit maximum number of entries; null for the default page size, or for all lines
 * @param isOfLines whether the entries are returned as lines of JSON rather than as a page
 */
record HistoryPageRequest(
        ConsistencyRequirement wanted,
        EntryOrder order,
        long behind,
        @Nullable Integer limit,
        boolean isOfLines) {

    private static final int DEFAULT_PAGE_SIZE = 100;
    private static final int MAX_PAGE = 1_000;

    /** Parses a request; violations are collected in the parameters. */
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

    /** Returns the maximum number of entries on a page. */
    int page() {
        return Objects.requireNonNullElse(limit, DEFAULT_PAGE_SIZE);
    }

    /** Returns the maximum number of lines. */
    long lines() {
        return limit == null ? Long.MAX_VALUE : limit;
    }
}
