package dev.aicore.discovery.projection.rebuild;

import static java.util.stream.Collectors.toSet;

import dev.aicore.discovery.api.error.ErrorCode;
import dev.aicore.discovery.api.error.RegistryException;
import dev.aicore.discovery.config.telemetry.LogEvent;
import dev.aicore.discovery.config.time.TimeSource;
import dev.aicore.discovery.projection.processing.ReadModel;
import dev.aicore.discovery.projection.processing.StoreAccess;
import dev.aicore.discovery.projection.processing.WatermarkTracker;
import dev.aicore.discovery.projection.rebuild.RebuildRun.RebuildTask;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Rebuilds read models and compares them with the store: one task at a time in the whole registry, resumed after a
 * kill.
 */
public final class RebuildService implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(RebuildService.class);

    /**
     * Maximum number of facts in a transaction, i.e. of facts that are folded again after a kill; other limits may end
     * it earlier.
     */
    public static final int BATCH = 500_000;

    private static final Duration COMPARISON_TIMEOUT = Duration.ofMinutes(1);

    private static final int MAX_BATCH_SIZE = 5_000;

    private final StoreAccess store;
    private final Map<String, ReadModel> models;
    private final WatermarkTracker watermarkTracker;
    private final BooleanSupplier failed;
    private final TimeSource time;
    private final int batchSize;
    private final CatchUpFold catchUpFold;
    private volatile boolean closed;
    private volatile @Nullable RebuildProgress latest;

    /**
     * Creates the service; nothing runs yet.
     *
     * @param models read models that can be rebuilt, by name
     * @param failed returns true while the projections of this node can't go on
     * @param batchSize approximate number of facts in a transaction
     */
    public RebuildService(
            StoreAccess store,
            Map<String, ReadModel> models,
            WatermarkTracker watermarkTracker,
            BooleanSupplier failed,
            int batchSize,
            TimeSource time) {
        this.store = store;
        this.models = Map.copyOf(models);
        this.watermarkTracker = watermarkTracker;
        this.failed = failed;
        this.time = time;
        this.batchSize = batchSize;
        this.catchUpFold = new CatchUpFold(store, Math.min(batchSize, MAX_BATCH_SIZE), () -> closed);
    }

    /** Returns the names of all read models that can be rebuilt. */
    public Set<String> names() {
        return new TreeSet<>(models.keySet());
    }

    /** Returns the last task of this node; empty if there was none since its start. */
    public Optional<RebuildRun> latest() {
        var rebuildProgress = latest;
        return rebuildProgress == null ? Optional.empty() : Optional.of(rebuildProgress.run());
    }

    /** Resumes a task that a kill interrupted. To be called once. */
    public void resume() throws SQLException {
        Optional<ShadowTableRows.Progress> left;
        try (var connection = store.database().getConnection()) {
            left = ShadowTableRows.progress(connection);
        }
        if (left.isPresent() && models.keySet().containsAll(left.get().models())) {
            start(RebuildTask.of(left.get().task()), left.get().models(), true);
        }
    }

    /**
     * Starts a task; {@link #latest} reports its progress.
     *
     * @throws RegistryException {@code conflict} while another task runs
     */
    public RebuildRun start(RebuildTask rebuildTask, Set<String> names) {
        return start(rebuildTask, names, false);
    }

    private synchronized RebuildRun start(RebuildTask rebuildTask, Set<String> names, boolean resumed) {
        var running = latest;
        if (running != null && !running.isOver()) {
            throw new RegistryException(
                    ErrorCode.CONFLICT,
                    "Another task is running: " + running.run().task().jsonName() + " of "
                            + running.run().models() + ".");
        }
        var rebuildProgress = new RebuildProgress(rebuildTask, names, time);
        latest = rebuildProgress;
        RebuildThreadFactory.named("rebuild")
                .newThread(() -> run(rebuildTask, names, rebuildProgress, resumed))
                .start();
        return rebuildProgress.run();
    }

    /** Runs a task and reports its end once its lock is free, so that a caller can start the next one then. */
    private void run(RebuildTask rebuildTask, Set<String> names, RebuildProgress rebuildProgress, boolean resumed) {
        String failure;
        try (var connection = store.database().getConnection()) {
            failure = runLocked(connection, rebuildTask, names, rebuildProgress, resumed);
        } catch (SQLException | RuntimeException | TimeoutException e) {
            failure = String.valueOf(e.getMessage());
            if (!closed) {
                LogEvent.REBUILD_FAILED.on(LOG).setCause(e).log("{} of {} failed", rebuildTask.jsonName(), names);
            }
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            failure = "The node is stopping.";
        }
        rebuildProgress.ended(failure);
    }

    /** Runs a task under the lock; returns why it can't run, or null once it is done. */
    private @Nullable String runLocked(
            Connection connection,
            RebuildTask rebuildTask,
            Set<String> names,
            RebuildProgress rebuildProgress,
            boolean resumed)
            throws SQLException, InterruptedException, TimeoutException {
        if (!isLocked(connection, resumed)) {
            return "Another node is running a task.";
        }
        try {
            LogEvent.REBUILD_STARTED.on(LOG).log("{} of {} starts", rebuildTask.jsonName(), names);
            var wanted = names.stream().map(models::get).toList();
            build(connection, rebuildTask, names, wanted, rebuildProgress);
            LogEvent.REBUILD_ENDED.on(LOG).log("{} of {} is done", rebuildTask.jsonName(), names);
            return null;
        } finally {
            if (!connection.getAutoCommit()) {
                connection.rollback();
                connection.setAutoCommit(true);
            }
            RebuildLockRows.unlock(connection);
        }
    }

    /**
     * Acquires the lock. A resumed task waits for it, because PostgreSQL may still execute a statement of the killed
     * process and hold its lock.
     */
    private boolean isLocked(Connection connection, boolean resumed) throws SQLException, InterruptedException {
        while (!RebuildLockRows.tryLock(connection)) {
            if (!resumed || closed || ShadowTableRows.progress(connection).isEmpty()) {
                return false;
            }
            TableSwap.pause();
        }
        return true;
    }

    private void build(
            Connection connection,
            RebuildTask rebuildTask,
            Set<String> names,
            List<ReadModel> wanted,
            RebuildProgress rebuildProgress)
            throws SQLException, InterruptedException, TimeoutException {
        long position = begin(connection, rebuildTask, names, wanted);
        connection.setAutoCommit(false);
        rebuildProgress.resumed(position);
        boolean unfilled = IndexRows.areDropped(connection);
        if (unfilled) {
            long target = RebuildLockRows.lastFact(connection);
            rebuildProgress.setTarget(target);
            new BulkLoader(store, wanted, catchUpFold, batchSize, time, () -> closed)
                    .load(connection, position, target, rebuildProgress::folded);
            position = target;
        }
        // The tables of failed projections would never reach the position, and are what the rebuild replaces.
        var timeout = rebuildTask == RebuildTask.REBUILD && failed.getAsBoolean() ? Duration.ZERO : COMPARISON_TIMEOUT;
        try (var tableComparison = new TableComparison(store.database(), watermarkTracker, wanted, position, timeout)) {
            if (unfilled && rebuildTask == RebuildTask.REBUILD) {
                IndexRows.recreateIndexes(connection);
            }
            connection.commit();
            recordComparison(tableComparison.results(), rebuildTask, position, rebuildProgress);
        }
        if (rebuildTask == RebuildTask.REBUILD) {
            new TableSwap(catchUpFold, names.equals(models.keySet()), () -> closed)
                    .swap(connection, wanted, position, rebuildProgress);
        } else {
            connection.setAutoCommit(true);
            ShadowTableRows.drop(store.database());
        }
    }

    /** Returns the position of the shadow tables; creates them if there are none of this task and version. */
    private long begin(Connection connection, RebuildTask rebuildTask, Set<String> names, List<ReadModel> wanted)
            throws SQLException {
        var left = ShadowTableRows.progress(connection);
        if (left.isPresent()
                && left.get().models().equals(names)
                && left.get().task().equals(rebuildTask.jsonName())
                && ShadowTableRows.haveCurrentVersion(connection)) {
            return left.get().position();
        }
        var needed = wanted.stream()
                .flatMap(readModel -> readModel.tables().stream())
                .flatMap(table -> table.needed().stream())
                .collect(toSet());
        ShadowTableRows.create(store.database(), rebuildTask.jsonName(), names, needed);
        return 0;
    }

    private static void recordComparison(
            Optional<List<ComparisonResult>> checks,
            RebuildTask rebuildTask,
            long position,
            RebuildProgress rebuildProgress)
            throws TimeoutException {
        if (checks.isPresent()) {
            rebuildProgress.compared(checks.get());
        } else if (rebuildTask == RebuildTask.VERIFY) {
            throw new TimeoutException("The serving tables do not reflect position " + position + " after "
                    + COMPARISON_TIMEOUT.toSeconds() + " s, so they can't be compared.");
        }
    }

    @Override
    public void close() {
        closed = true;
    }
}
