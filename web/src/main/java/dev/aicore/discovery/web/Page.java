package dev.aicore.discovery.web;

import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One page of a list that callers read page by page.
 *
 * @param rows what is on it
 * @param hasNext whether there are more behind it
 */
public record Page<T>(List<T> rows, boolean hasNext) {

    private static final int USUAL = 100;
    private static final int MAX_LIMIT = 1_000;

    /** How many rows a caller wants on a page, from 1 to 1,000: by the parameter {@code limit}; violations stay with the query. */
    public static int limit(QueryParameters queryParameters) {
        return queryParameters.integerOr("limit", 1, MAX_LIMIT, USUAL);
    }

    /**
     * The first rows of what was found.
     *
     * @param found one more than {@code limit} if there are as many: that one tells whether there is a next page
     */
    public static <T> Page<T> of(List<T> found, int limit) {
        boolean hasNext = found.size() > limit;
        return new Page<>(hasNext ? found.subList(0, limit) : found, hasNext);
    }

    /** Where the next page begins, by the last row of this one; null if there is none. */
    public @Nullable String next(Function<T, String> cursor) {
        return hasNext ? cursor.apply(rows.getLast()) : null;
    }
}
