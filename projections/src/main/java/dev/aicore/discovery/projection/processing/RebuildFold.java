package dev.aicore.discovery.projection.processing;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/**
 * Folds all facts from the first on into tables without other readers or writers. It folds in memory and returns the
 * writes, so that another thread can execute them meanwhile; it may cache state and return its writes later. The final
 * result equals that of a {@link BatchFold}.
 */
@FunctionalInterface
public interface RebuildFold {

    /** Pending write; writes are executed in the order in which the fold returned them. */
    @FunctionalInterface
    interface Write {

        /**
         * Executes the write.
         *
         * @param connection connection with an open transaction, which the write neither commits nor closes
         * @throws SQLException if the database rejects a row, or fails
         */
        void to(Connection connection) throws SQLException;
    }

    /**
     * Folds facts. After a failure the caller must call {@link #clearCache}.
     *
     * @param facts facts in order of position, each once
     * @return write of the result
     * @throws RuntimeException if a fact can't follow the state before it
     */
    Write accept(List<RecordedFact> facts);

    /** Returns true if these facts can be folded without reading stored rows. */
    default boolean isCached(List<RecordedFact> facts) {
        return true;
    }

    /** Reads missing state from the tables; all writes returned so far have been executed. */
    default void read(Connection connection, List<RecordedFact> facts) throws SQLException {}

    /** Returns true if so much is cached that {@link #flush} should be written. */
    default boolean isFull() {
        return false;
    }

    /** Returns the write of all cached state that is still unwritten; a commit follows. */
    default Write flush() {
        return connection -> {};
    }

    /** Clears the cache, because a transaction was rolled back, or another fold has continued in its place. */
    default void clearCache() {}

    /** Completes the tables once all facts are folded and written. */
    default void end(Connection connection) throws SQLException {}

    /** Returns a fold without a cache, which folds when it writes. */
    static RebuildFold of(BatchFold fold) {
        return facts -> connection -> fold.fold(connection, facts);
    }
}
