package dev.aicore.discovery.eventstore;

import java.util.List;

/** Bounds pages of events by their size. Several readers read pages ahead, and each page is held in memory. */
final class BoundedPageRows {

    /**
     * Payload bytes after which a page ends. The event that reaches the bound is still on the page, so that every page
     * has at least one event.
     */
    static final int MAX = 1 << 20;

    private BoundedPageRows() {}

    /**
     * Returns a query that ends a page at its limit of bytes.
     *
     * @param sql query for a page of {@link StoredEvent#COLUMNS_OF_FACTS} without a bound on its bytes
     * @param order column that the query is ordered by
     */
    static String bounded(String sql, String order) {
        return """
                SELECT %1$s FROM (
                    SELECT page.*, sum(coalesce(octet_length(payload), 0)) OVER (ORDER BY %2$s ROWS UNBOUNDED PRECEDING)
                                   - coalesce(octet_length(payload), 0) AS bytes_before
                    FROM (%3$s) page
                ) bounded
                WHERE bytes_before < %4$d ORDER BY %2$s""".formatted(StoredEvent.COLUMNS_OF_FACTS, order, sql, MAX);
    }

    /** Returns true if there may be more events after the page. */
    static boolean isFull(List<StoredEvent> page, int limit) {
        return page.size() >= limit
                || page.stream().mapToLong(StoredEvent::bytes).sum() >= MAX;
    }
}
