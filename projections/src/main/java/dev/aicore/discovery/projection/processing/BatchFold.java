package dev.aicore.discovery.projection.processing;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** Folds facts into the tables of one projection. */
@FunctionalInterface
public interface BatchFold {

    /**
     * Folds them all in, or fails and leaves its caller to roll back. Facts that were folded in before change nothing.
     *
     * @param connection with an open transaction; the fold neither commits nor closes it
     * @param facts in order of position; whatever came before them in their sequences has been folded in already
     * @throws SQLException if the database refuses a row, or fails
     * @throws RuntimeException if a fact can't follow what was before
     */
    void fold(Connection connection, List<RecordedFact> facts) throws SQLException;

    /** This one, and another after it in the same transaction: both count, or neither. */
    default BatchFold andThen(BatchFold other) {
        return (connection, facts) -> {
            fold(connection, facts);
            other.fold(connection, facts);
        };
    }
}
