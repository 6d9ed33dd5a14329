package dev.aicore.discovery.projection.processing;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** Folds facts into the tables of one projection. */
@FunctionalInterface
public interface BatchFold {

    /**
     * Folds all facts, or fails and leaves the rollback to the caller. Facts that were folded before change nothing.
     *
     * @param connection connection with an open transaction, which the fold neither commits nor closes
     * @param facts facts in order of position; all earlier facts of their sequences have been folded already
     * @throws SQLException if the database rejects a row, or fails
     * @throws RuntimeException if a fact can't follow the stored state
     */
    void fold(Connection connection, List<RecordedFact> facts) throws SQLException;

    /** Returns a fold that applies this fold and then another one in the same transaction. */
    default BatchFold andThen(BatchFold other) {
        return (connection, facts) -> {
            fold(connection, facts);
            other.fold(connection, facts);
        };
    }
}
