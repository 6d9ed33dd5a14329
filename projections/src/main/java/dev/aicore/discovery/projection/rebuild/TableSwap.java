package dev.aicore.discovery.projection.rebuild;

import dev.aicore.discovery.projection.processing.ProjectionProcessor;
import dev.aicore.discovery.projection.processing.ReadModel;
import dev.aicore.discovery.projection.processing.RestoredStoreRows;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * Folds the facts that arrived during a build, and swaps the shadow tables in. The very last facts are folded while the
 * tables are locked.
 */
final class TableSwap {

    /**
     * Maximum number of remaining facts at which the swap may begin; facts that arrive later are folded under the lock.
     */
    private static final long MAX_REMAINING_FACTS = 2_000;

    private static final int MAX_ROUNDS = 50;

    /**
     * Maximum number of attempts. A reader may use the tables for minutes, and other readers need access between two
     * attempts.
     */
    private static final int MAX_TRIES = 150;

    private static final Duration RETRY_INTERVAL = Duration.ofSeconds(2);

    private final CatchUpFold catchUpFold;
    private final boolean isAll;
    private final BooleanSupplier closed;

    /** @param isAll true if all read models are swapped, so that their common token may be lowered */
    TableSwap(CatchUpFold catchUpFold, boolean isAll, BooleanSupplier closed) {
        this.catchUpFold = catchUpFold;
        this.isAll = isAll;
        this.closed = closed;
    }

    /** Blocks until the shadow tables serve. The connection must be in a transaction. */
    void swap(Connection connection, List<ReadModel> wanted, long behind, RebuildProgress rebuildProgress)
            throws SQLException, InterruptedException {
        long position = catchUp(connection, wanted, behind, rebuildProgress);
        TableSwapRows.analyze(connection, wanted);
        connection.commit();
        var tables = wanted.stream()
                .flatMap(readModel -> readModel.tables().stream())
                .toList();
        for (int tried = 1; ; tried++) {
            try {
                position = catchUp(connection, wanted, position, rebuildProgress);
                TableSwapRows.lock(connection, tables);
                long last = RebuildLockRows.lastFact(connection);
                rebuildProgress.setTarget(last);
                catchUpFold.foldLocked(connection, wanted, position, last, rebuildProgress::folded);
                for (var model : wanted) {
                    TableSwapRows.swap(connection, model);
                }
                if (isAll) {
                    RestoredStoreRows.lowerTokens(connection, ProjectionProcessor.PROCESSOR, last);
                }
                TableSwapRows.drop(connection);
                connection.commit();
                return;
            } catch (SQLException failure) {
                connection.rollback();
                if (tried == MAX_TRIES || closed.getAsBoolean() || !TableSwapRows.isBusy(failure)) {
                    throw failure;
                }
                pause();
            }
        }
    }

    private long catchUp(Connection connection, List<ReadModel> wanted, long behind, RebuildProgress rebuildProgress)
            throws SQLException, InterruptedException {
        long position = behind;
        for (int round = 0; round < MAX_ROUNDS; round++) {
            long target = RebuildLockRows.lastFact(connection);
            rebuildProgress.setTarget(target);
            long left = target - position;
            catchUpFold.fold(connection, wanted, position, target, upTo -> {
                connection.commit();
                rebuildProgress.folded(upTo);
            });
            position = target;
            if (left <= MAX_REMAINING_FACTS) {
                break;
            }
        }
        return position;
    }

    /** Waits between two attempts to lock what others use. */
    static void pause() throws InterruptedException {
        LockSupport.parkNanos(RETRY_INTERVAL.toNanos());
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
    }
}
