package dev.aicore.discovery.query.database;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * What was read, and up to which position it is complete at least.
 *
 * @param position taken in the same statement as the rows
 */
public record PositionedResult<T>(T rows, long position) {

    /**
     * Of rows that each have the mark, and one of the things or nothing.
     *
     * @param rows one at least
     */
    public static <T> PositionedResult<List<T>> together(List<PositionedResult<Optional<T>>> rows) {
        var things = rows.stream().flatMap(row -> row.rows().stream()).toList();
        return new PositionedResult<>(things, rows.getFirst().position());
    }

    /** The same position for something made of the rows. */
    public <R> PositionedResult<R> map(Function<? super T, ? extends R> change) {
        return new PositionedResult<>(change.apply(rows), position);
    }
}
