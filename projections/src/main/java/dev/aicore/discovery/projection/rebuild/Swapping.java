package dev.aicore.discovery.projection.rebuild;

import dev.aicore.discovery.projection.flow.FactFlow;
import dev.aicore.discovery.projection.flow.Model;
import dev.aicore.discovery.projection.flow.RestoredStoreRows;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Folds what came while tables were built, and lets them serve: what comes at the very last is folded while all others wait. */
final class Swapping {

    /** So little was left that what came meanwhile may be folded while all others wait. */
    private static final long NEAR = 2_000;

    private static final int MOST_ROUNDS = 50;

    /** Somebody may read the tables for minutes, and others are to read them between the tries. */
    private static final int MOST_TRIES = 150;

    private static final Duration BETWEEN_TRIES = Duration.ofSeconds(2);

    private final Building building;
    private final boolean isAll;
    private final BooleanSupplier closed;

    /** @param isAll whether all read models are swapped, so that their common token may be lowered */
    Swapping(Building building, boolean isAll, BooleanSupplier closed) {
        this.building = building;
        this.isAll = isAll;
        this.closed = closed;
    }

    /** Returns when they serve. The connection is in a transaction. */
    void swap(Connection connection, List<Model> wanted, long behind, Progress progress)
            throws SQLException, InterruptedException {
        long position = catchUp(connection, wanted, behind, progress);
        SwapRows.analyze(connection, wanted);
        connection.commit();
        var tables = wanted.stream().flatMap(model -> model.tables().stream()).toList();
        for (int tried = 1; ; tried++) {
            try {
                position = catchUp(connection, wanted, position, progress);
                SwapRows.lock(connection, tables);
                long last = TaskLockRows.lastFact(connection);
                progress.aim(last);
                building.foldLocked(connection, wanted, position, last, progress::folded);
                for (var model : wanted) {
                    SwapRows.swap(connection, model);
                }
                if (isAll) {
                    RestoredStoreRows.lowerTokens(connection, FactFlow.PROCESSOR, last);
                }
                SwapRows.drop(connection);
                connection.commit();
                return;
            } catch (SQLException failure) {
                connection.rollback();
                if (tried == MOST_TRIES || closed.getAsBoolean() || !SwapRows.isBusy(failure)) {
                    throw failure;
                }
                pause();
            }
        }
    }

    private long catchUp(Connection connection, List<Model> wanted, long behind, Progress progress)
            throws SQLException, InterruptedException {
        long position = behind;
        for (int round = 0; round < MOST_ROUNDS; round++) {
            long target = TaskLockRows.lastFact(connection);
            progress.aim(target);
            long left = target - position;
            building.fold(connection, wanted, position, target, upTo -> {
                connection.commit();
                progress.folded(upTo);
            });
            position = target;
            if (left <= NEAR) {
                break;
            }
        }
        return position;
    }

    /** Between two tries of what others have in use. */
    static void pause() throws InterruptedException {
        LockSupport.parkNanos(BETWEEN_TRIES.toNanos());
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
    }
}
