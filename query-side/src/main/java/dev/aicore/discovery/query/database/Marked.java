package dev.aicore.discovery.query.database;

import java.util.function.Function;

/**
 * What was read, and up to which position it is complete at least.
 *
 * @param position taken in the same statement as the rows
 */
public record Marked<T>(T rows, long position) {

    /** The same position for something made of the rows. */
    public <R> Marked<R> map(Function<? super T, ? extends R> change) {
        return new Marked<>(change.apply(rows), position);
    }
}
