package dev.aicore.discovery.query.discovery.snapshot;

import java.util.List;
import java.util.function.Function;

/** Finds instances in lists that are ordered by id. */
public final class IdSearch {

    private IdSearch() {}

    /**
     * Returns an index as a binary search does: negative if the id isn't found. Ids are ASCII, so PostgreSQL and Java
     * order them alike.
     *
     * @param ordered list without two elements of the same id
     */
    public static <T> int indexOf(List<T> ordered, Function<T, String> idOf, String id) {
        int low = 0;
        int high = ordered.size() - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            int order = idOf.apply(ordered.get(middle)).compareTo(id);
            if (order == 0) {
                return middle;
            }
            if (order < 0) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return -low - 1;
    }
}
