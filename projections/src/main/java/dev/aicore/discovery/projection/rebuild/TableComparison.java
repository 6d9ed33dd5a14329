package dev.aicore.discovery.projection.rebuild;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import dev.aicore.discovery.projection.processing.ReadModel;
import dev.aicore.discovery.projection.processing.WatermarkTracker;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeoutException;
import javax.sql.DataSource;

/** Compares serving tables and shadow tables on its own thread and connection, while indexes are created. */
final class TableComparison implements AutoCloseable {

    private final ExecutorService thread = RebuildThreadFactory.one("rebuild-compare");
    private final Future<List<ComparisonResult>> checks;

    /**
     * Starts the comparison once the serving tables have reached the position.
     *
     * @param position position at which both are compared
     * @param timeout maximum wait for the tables of a read model
     */
    TableComparison(
            DataSource database,
            WatermarkTracker watermarkTracker,
            List<ReadModel> models,
            long position,
            Duration timeout) {
        this.checks = thread.submit(() -> {
            for (var readModel : models) {
                watermarkTracker.awaiting(readModel.name(), position).get(timeout.toMillis(), MILLISECONDS);
            }
            try (var connection = database.getConnection()) {
                return compare(connection, models, position);
            }
        });
    }

    /**
     * Returns the results; empty if the serving tables didn't reach the position within the timeout. Blocks.
     */
    Optional<List<ComparisonResult>> results() throws SQLException, InterruptedException {
        try {
            return Optional.of(checks.get());
        } catch (ExecutionException e) {
            if (e.getCause() instanceof TimeoutException) {
                return Optional.empty();
            }
            throw e.getCause() instanceof SQLException failure ? failure : new SQLException(e);
        }
    }

    /** Compares all tables in one snapshot: their state at the position is derived from later changes. */
    private static List<ComparisonResult> compare(Connection connection, List<ReadModel> models, long position)
            throws SQLException {
        connection.setAutoCommit(false);
        connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
        try {
            var found = new ArrayList<ComparisonResult>();
            for (var readModel : models) {
                for (var table : readModel.tables()) {
                    found.add(ComparisonReader.compare(connection, table, position));
                }
            }
            return found;
        } finally {
            connection.rollback();
            connection.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
            connection.setAutoCommit(true);
        }
    }

    @Override
    public void close() {
        thread.shutdownNow();
        thread.close();
    }
}
