package dev.aicore.discovery.command.retention;

import dev.aicore.discovery.api.error.ErrorCode;
import dev.aicore.discovery.api.error.RegistryException;
import dev.aicore.discovery.config.settings.RetentionSettings;
import dev.aicore.discovery.config.telemetry.LogEvent;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Drops partitions of observations that are too old or too many, once they are not needed any more. Blocks. */
final class RetentionService {

    private static final Logger LOG = LoggerFactory.getLogger(RetentionService.class);
    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

    /** State of the store and the plan that follows from it. */
    record PlannedRetention(StoreUsage look, RetentionPlan plan) {}

    /**
     * Dropped partition.
     *
     * @param archive file that contains the rows; null without archive
     */
    record DroppedPartition(
            ObservationPartition partition,
            long rows,
            @Nullable String archive) {}

    /**
     * Result of a run.
     *
     * @param left state of the store and plan after the run
     * @param dropped dropped partitions
     * @param asked descriptions of the requests to shards
     * @param failure reason why the run ended early; null if it dropped all partitions of its plan
     */
    record RetentionResult(
            PlannedRetention left,
            List<DroppedPartition> dropped,
            List<String> asked,
            @Nullable String failure) {}

    private final DataSource database;
    private final StoreUsageReader.ReadableSnapshots snapshots;
    private final BooleanSupplier isWriter;
    private final CheckpointRequester checkpointRequester;
    private final RetentionMetrics metrics;
    private final RetentionSettings settings;
    private final @Nullable PartitionArchive partitionArchive;
    private final ReentrantLock running = new ReentrantLock();

    /**
     * Creates a service.
     *
     * @param snapshots selects the snapshots that this process can read
     * @param isWriter returns true if this process is the writer of the store
     */
    RetentionService(
            DataSource database,
            StoreUsageReader.ReadableSnapshots snapshots,
            BooleanSupplier isWriter,
            CheckpointRequester checkpointRequester,
            RetentionMetrics metrics,
            RetentionSettings settings) {
        this.database = database;
        this.snapshots = snapshots;
        this.isWriter = isWriter;
        this.checkpointRequester = checkpointRequester;
        this.metrics = metrics;
        this.settings = settings;
        var directory = settings.archive();
        this.partitionArchive = directory == null ? null : new PartitionArchive(directory);
    }

    /**
     * Returns the plan of a run now.
     *
     * @throws RegistryException {@code store_unavailable} if the database fails
     */
    PlannedRetention plan() {
        try {
            var usage = StoreUsageReader.readUsage(JdbcClient.create(database), snapshots);
            metrics.recordUsage(usage);
            return new PlannedRetention(usage, RetentionPlan.of(usage, settings));
        } catch (DataAccessException e) {
            throw unavailable("Failed to read the usage of the event store: "
                    + e.getMostSpecificCause().getMessage());
        }
    }

    /**
     * Drops all partitions that can be dropped, and requests from shards what is needed to drop the others.
     *
     * @throws RegistryException {@code conflict} during another run, {@code store_unavailable} if the database fails
     *     before anything is dropped, or if this process is not the writer
     */
    RetentionResult run() {
        if (!running.tryLock()) {
            throw new RegistryException(ErrorCode.CONFLICT, "Another run is in progress.");
        }
        try {
            if (!isWriter.getAsBoolean()) {
                throw unavailable("This process is not the writer of the event store.");
            }
            var plan = plan().plan();
            var dropped = new ArrayList<DroppedPartition>();
            var failure = drop(plan, dropped);
            var requestedCheckpoints = checkpointRequester.requestCheckpoints(plan);
            return new RetentionResult(plan(), dropped, requestedCheckpoints, failure);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw unavailable("The process is stopping.");
        } finally {
            running.unlock();
        }
    }

    /** Drops partitions. Returns the reason why it ended early; null if it dropped all of them. */
    private @Nullable String drop(RetentionPlan plan, List<DroppedPartition> dropped) {
        for (var dropDecision : plan.drops()) {
            var observationPartition = dropDecision.partition();
            if (!isWriter.getAsBoolean()) {
                return "This process is no longer the writer of the event store.";
            }
            try (var connection = database.getConnection()) {
                var droppedPartition = drop(connection, observationPartition);
                dropped.add(droppedPartition);
                metrics.dropped(droppedPartition.rows());
                LogEvent.OBSERVATIONS_DROPPED
                        .on(LOG)
                        .log(
                                "Dropped the observations at positions {} to {} ({}): {} rows, {} bytes, archive {}",
                                observationPartition.from(),
                                observationPartition.to() - 1,
                                dropDecision.reason(),
                                droppedPartition.rows(),
                                observationPartition.bytes(),
                                droppedPartition.archive() == null ? "none" : droppedPartition.archive());
            } catch (SQLException | IOException e) {
                LOG.warn("{} is kept until the next run: {}", observationPartition.table(), e.toString());
                return observationPartition.table() + " is kept: "
                        + (e instanceof SQLException sql && PartitionDropRows.isBusy(sql)
                                ? "the partition is being read."
                                : e.getMessage());
            }
        }
        return null;
    }

    private DroppedPartition drop(Connection connection, ObservationPartition observationPartition)
            throws SQLException, IOException {
        long rows = PartitionDropRows.count(connection, observationPartition);
        String file = null;
        if (partitionArchive != null) {
            var archivedFile = partitionArchive.write(
                    observationPartition.table(), out -> PartitionDropRows.copy(connection, observationPartition, out));
            if (archivedFile.rows() != rows) {
                throw new IOException("Expected " + rows + " archived rows, but got " + archivedFile.rows() + ".");
            }
            file = archivedFile.file().toString();
        }
        PartitionDropRows.drop(connection, observationPartition, rows, file);
        return new DroppedPartition(observationPartition, rows, file);
    }

    private static RegistryException unavailable(String why) {
        return new RegistryException(ErrorCode.STORE_UNAVAILABLE, why, RETRY_AFTER);
    }
}
