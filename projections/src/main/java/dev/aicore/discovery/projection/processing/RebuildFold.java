package dev.aicore.discovery.projection.processing;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/**
 * Folds all facts from the first on into tables that nobody else writes or reads. It folds in memory, and says what is to be written, so that
 * others can write it meanwhile; it may keep what it knows, and have it written later. What it makes in the end is what a {@link BatchFold}
 * makes.
 */
@FunctionalInterface
public interface RebuildFold {

    /** Something to be written, in the order in which the fold says it. */
    @FunctionalInterface
    interface Write {

        /**
         * Writes it.
         *
         * @param connection with an open transaction, which it neither commits nor closes
         * @throws SQLException if the database refuses a row, or fails
         */
        void to(Connection connection) throws SQLException;
    }

    /**
     * Takes facts in, or fails and leaves its caller to have it {@link #forget}.
     *
     * @param facts in order of position, each once
     * @throws RuntimeException if a fact can't follow what was before
     */
    Write take(List<RecordedFact> facts);

    /** Whether it can take these facts in without reading what it has written. */
    default boolean knows(List<RecordedFact> facts) {
        return true;
    }

    /** Reads what it doesn't know; all that it said is written by then. */
    default void read(Connection connection, List<RecordedFact> facts) throws SQLException {}

    /** Whether it keeps so much that {@link #rest} should be written. */
    default boolean isFull() {
        return false;
    }

    /** What it knows and hasn't said yet; a commit follows. */
    default Write rest() {
        return connection -> {};
    }

    /** Forgets what it knows: it was rolled back, or somebody else has gone on in its place. */
    default void forget() {}

    /** Makes what is made once all facts are in, and written. */
    default void end(Connection connection) throws SQLException {}

    /** One that keeps nothing, and folds when it is to write. */
    static RebuildFold of(BatchFold fold) {
        return facts -> connection -> fold.fold(connection, facts);
    }
}
