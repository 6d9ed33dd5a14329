package dev.aicore.discovery.eventstore;

import java.util.List;

/** Ends a page of events before its limit where they are large: pages are read ahead by several readers, and each is in memory. */
final class BoundedPageRows {

    /** Of payloads; one event more may be on a page, so that there is always one. */
    static final int MAX = 1 << 20;

    private BoundedPageRows() {}

    /**
     * Returns a statement that ends where a page does.
     *
     * @param sql answers a page of {@link StoredEvent#COLUMNS_OF_FACTS} without regard to its bytes
     * @param order the column that it is ordered by
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

    /** Returns whether there may be more behind it. */
    static boolean isFull(List<StoredEvent> page, int limit) {
        return page.size() >= limit
                || page.stream().mapToLong(StoredEvent::bytes).sum() >= MAX;
    }
}
