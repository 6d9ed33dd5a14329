package dev.aicore.discovery.projection.rebuild;

import static java.util.stream.Collectors.toSet;

import dev.aicore.discovery.api.error.ErrorCode;
import dev.aicore.discovery.api.error.RegistryException;
import dev.aicore.discovery.config.time.TimeSource;
import dev.aicore.discovery.projection.flow.Model;
import dev.aicore.discovery.projection.flow.StoreAccess;
import dev.aicore.discovery.projection.flow.Watermarks;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Builds read models anew and compares them with the store: one task at a time in all the registry, resumed after a kill. */
public final class Rebuilds implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Rebuilds.class);

    /** Facts in a transaction where nothing speaks for less: what a kill makes it do again. */
    public static final int BATCH = 500_000;

    private static final int MOST_AT_ONCE = 5_000;

    private final StoreAccess store;
    private final Map<String, Model> models;
    private final Watermarks watermarks;
    private final TimeSource time;
    private final int batchSize;
    private final Building building;
    private volatile boolean closed;
    private volatile @Nullable Progress latest;

    /**
     * Does nothing yet.
     *
     * @param models all that can be built, by name
     * @param batchSize facts in a transaction, about
     */
    public Rebuilds(
            StoreAccess store, Map<String, Model> models, Watermarks watermarks, int batchSize, TimeSource time) {
        this.store = store;
        this.models = Map.copyOf(models);
        this.watermarks = watermarks;
        this.time = time;
        this.batchSize = batchSize;
        this.building = new Building(store, Math.min(batchSize, MOST_AT_ONCE), () -> closed);
    }

    /** Names of all that can be built. */
    public Set<String> names() {
        return new TreeSet<>(models.keySet());
    }

    /** The last task of this node; empty if there was none since it started. */
    public Optional<Run> latest() {
        var progress = latest;
        return progress == null ? Optional.empty() : Optional.of(progress.run());
    }

    /** Goes on with what a kill interrupted. To be called once. */
    public void resume() throws SQLException {
        Optional<NextRows.Progress> left;
        try (var connection = store.database().getConnection()) {
            left = NextRows.progress(connection);
        }
        if (left.isPresent() && models.keySet().containsAll(left.get().models())) {
            start(Task.of(left.get().task()), left.get().models(), true);
        }
    }

    /**
     * Begins; what becomes of it is told by {@link #latest}.
     *
     * @throws RegistryException {@code conflict} while another task runs
     */
    public Run start(Task task, Set<String> names) {
        return start(task, names, false);
    }

    private synchronized Run start(Task task, Set<String> names, boolean resumed) {
        var running = latest;
        if (running != null && !running.isOver()) {
            throw new RegistryException(
                    ErrorCode.CONFLICT,
                    "There is a task already: " + running.run().task().word() + " of "
                            + running.run().models() + ".");
        }
        var progress = new Progress(task, names, time);
        latest = progress;
        Hands.named("rebuild")
                .newThread(() -> run(task, names, progress, resumed))
                .start();
        return progress.run();
    }

    private void run(Task task, Set<String> names, Progress progress, boolean resumed) {
        try (var connection = store.database().getConnection()) {
            if (!isLocked(connection, resumed)) {
                progress.ended("Another node is at such a task.");
                return;
            }
            try {
                var wanted = names.stream().map(models::get).toList();
                build(connection, task, names, wanted, progress);
                progress.ended(null);
                LOG.info("{} of {} is done", task.word(), names);
            } finally {
                if (!connection.getAutoCommit()) {
                    connection.rollback();
                    connection.setAutoCommit(true);
                }
                TaskLockRows.unlock(connection);
            }
        } catch (SQLException | RuntimeException | TimeoutException failure) {
            progress.ended(String.valueOf(failure.getMessage()));
            if (!closed) {
                LOG.warn("{} of {} failed", task.word(), names, failure);
            }
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            progress.ended("The node is stopping.");
        }
    }

    /** PostgreSQL may still be at a statement of the process that was killed, and hold its lock. */
    private boolean isLocked(Connection connection, boolean resumed) throws SQLException, InterruptedException {
        while (!TaskLockRows.tryLock(connection)) {
            if (!resumed || closed || NextRows.progress(connection).isEmpty()) {
                return false;
            }
            Swapping.pause();
        }
        return true;
    }

    private void build(Connection connection, Task task, Set<String> names, List<Model> wanted, Progress progress)
            throws SQLException, InterruptedException, TimeoutException {
        long position = begin(connection, task, names, wanted);
        connection.setAutoCommit(false);
        progress.resumed(position);
        boolean unfilled = IndexRows.areAway(connection);
        if (unfilled) {
            long target = TaskLockRows.lastFact(connection);
            progress.aim(target);
            new Filling(store, wanted, building, batchSize, time, () -> closed)
                    .fill(connection, position, target, progress::folded);
            position = target;
        }
        try (var comparing = new Comparing(store.database(), watermarks, wanted, position)) {
            if (unfilled && task == Task.REBUILD) {
                IndexRows.bringBack(connection);
            }
            connection.commit();
            note(comparing.found(), task, position, progress);
        }
        if (task == Task.REBUILD) {
            new Swapping(building, names.equals(models.keySet()), () -> closed)
                    .swap(connection, wanted, position, progress);
        } else {
            connection.setAutoCommit(true);
            NextRows.drop(store.database());
        }
    }

    /** The position that the tables have, which are made if there are none of that task. */
    private long begin(Connection connection, Task task, Set<String> names, List<Model> wanted) throws SQLException {
        var left = NextRows.progress(connection);
        if (left.isPresent()
                && left.get().models().equals(names)
                && left.get().task().equals(task.word())
                && NextRows.areOfThisVersion(connection)) {
            return left.get().position();
        }
        var needed = wanted.stream()
                .flatMap(model -> model.tables().stream())
                .flatMap(table -> table.needed().stream())
                .collect(toSet());
        NextRows.create(store.database(), task.word(), names, needed);
        return 0;
    }

    private static void note(Optional<List<Check>> checks, Task task, long position, Progress progress)
            throws TimeoutException {
        if (checks.isPresent()) {
            progress.compared(checks.get());
        } else if (task == Task.VERIFY) {
            throw new TimeoutException("What serves doesn't reflect position " + position + " after "
                    + Comparing.PATIENCE_SECONDS + " s, so it can't be compared.");
        }
    }

    @Override
    public void close() {
        closed = true;
    }
}
