package dev.aicore.discovery.web;

import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A page of a list.
 *
 * @param rows rows of the page
 * @param hasNext whether more rows follow
 */
public record Page<T>(List<T> rows, boolean hasNext) {

    private static final int DEFAULT_LIMIT = 100;
    private static final int MAX_LIMIT = 1_000;

    /**
     * Returns the maximum number of rows of a page, from 1 to 1,000, by the parameter {@code limit}. A violation is
     * added to the query parameters.
     */
    public static int limit(QueryParameters queryParameters) {
        return queryParameters.integerOr("limit", 1, MAX_LIMIT, DEFAULT_LIMIT);
    }

    /**
     * Creates a page of the first rows.
     *
     * @param found up to {@code limit + 1} rows; the additional row shows that there is a next page
     */
    public static <T> Page<T> of(List<T> found, int limit) {
        boolean hasNext = found.size() > limit;
        return new Page<>(hasNext ? found.subList(0, limit) : found, hasNext);
    }

    /** Returns the cursor of the next page, by the last row of this one; null if there is no next page. */
    public @Nullable String next(Function<T, String> cursor) {
        return hasNext ? cursor.apply(rows.getLast()) : null;
    }
}
