package dev.aicore.discovery.readmodel.database;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Result of a read, and the position up to which it is complete at least.
 *
 * @param position read by the same statement as the rows
 */
public record PositionedResult<T>(T rows, long position) {

    /**
     * Combines rows that each carry the position and an optional element.
     *
     * @param rows at least one row
     */
    public static <T> PositionedResult<List<T>> combine(List<PositionedResult<Optional<T>>> rows) {
        var things = rows.stream().flatMap(row -> row.rows().stream()).toList();
        return new PositionedResult<>(things, rows.getFirst().position());
    }

    /** Returns a result with the same position and transformed rows. */
    public <R> PositionedResult<R> map(Function<? super T, ? extends R> change) {
        return new PositionedResult<>(change.apply(rows), position);
    }
}
