package dev.aicore.discovery.query.history;

import dev.aicore.discovery.config.web.Accepted;
import dev.aicore.discovery.config.web.EventStream;
import dev.aicore.discovery.config.web.Query;
import dev.aicore.discovery.query.watermark.Wanted;
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
record Reading(
        Wanted wanted, Order order, long behind, @Nullable Integer limit, boolean isOfLines) {

    private static final int USUAL_PAGE = 100;
    private static final int LARGEST_PAGE = 1_000;

    /** From a request; violations stay with the query. */
    static Reading of(Query query, HttpHeaders headers) {
        boolean lines = Accepted.prefers(headers, EventStream.LINES, MediaType.APPLICATION_JSON);
        var order = query.choiceOr("order", Order.byWord(), Order.OLDEST_FIRST);
        return new Reading(
                Wanted.of(query),
                order,
                query.numberOr("cursor", 0, Long.MAX_VALUE, order.start()),
                query.integerOrNull("limit", 1, lines ? Integer.MAX_VALUE : LARGEST_PAGE),
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
