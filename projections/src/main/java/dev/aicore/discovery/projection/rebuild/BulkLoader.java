package dev.aicore.discovery.projection.rebuild;

import dev.aicore.discovery.config.time.TimeSource;
import dev.aicore.discovery.projection.processing.BatchRows;
import dev.aicore.discovery.projection.processing.BisectingFold;
import dev.aicore.discovery.projection.processing.PoisonDetector;
import dev.aicore.discovery.projection.processing.ReadModel;
import dev.aicore.discovery.projection.processing.RebuildFold;
import dev.aicore.discovery.projection.processing.RebuildFold.Write;
import dev.aicore.discovery.projection.processing.RecordedFact;
import dev.aicore.discovery.projection.processing.StoreAccess;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.LongConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Fills empty tables with the facts of the store, by rebuilding folds in long transactions. If a fact can't be folded,
 * the transaction is repeated by the folds that serve live facts: they find the fact and park it.
 */
final class BulkLoader {

    private static final Logger LOG = LoggerFactory.getLogger(BulkLoader.class);

    /** Maximum number of facts that are folded and written in one batch. */
    static final int BATCH_SIZE = 2_000;

    /**
     * Bounds of the duration of a transaction, i.e. of the work that is repeated after a kill. Within them a
     * transaction may last as long as all work before it: each commit writes all current versions, which are written
     * again when they end.
     */
    static final Duration MIN_TRANSACTION = Duration.ofSeconds(2);

    static final Duration MAX_TRANSACTION = Duration.ofSeconds(15);

    private final StoreAccess store;
    private final List<ReadModel> models;
    private final List<ModelLoad> loads;
    private final CatchUpFold catchUpFold;
    private final int batchSize;
    private final TimeSource time;
    private final BooleanSupplier closed;

    /** Read model, the fold that fills its tables, and the sequences that have parked facts. */
    private record ModelLoad(ReadModel model, RebuildFold fold, BisectingFold bisectingFold, Set<String> waiting) {

        static ModelLoad of(ReadModel readModel) {
            return new ModelLoad(
                    readModel,
                    readModel.build().apply(ShadowTableRows.SCHEMA),
                    readModel.bisectingFold(ShadowTableRows.SCHEMA),
                    new HashSet<>());
        }

        void begin(Connection connection) throws SQLException {
            fold.clearCache();
            waiting.addAll(bisectingFold.waiting(connection));
        }

        Optional<Write> accept(Connection connection, List<RecordedFact> facts, AsyncFoldWriter asyncFoldWriter)
                throws SQLException, InterruptedException {
            var taken = model.select(facts);
            if (taken.stream().anyMatch(fact -> waiting.contains(fact.sequence()))) {
                asyncFoldWriter.await();
                taken = bisectingFold.withoutBlocked(connection, taken);
            }
            if (taken.isEmpty()) {
                return Optional.empty();
            }
            if (taken.stream().anyMatch(RecordedFact::isUnreadable)) {
                throw new IllegalStateException("The batch contains an unreadable fact, which must be parked.");
            }
            if (!fold.isCached(taken)) {
                asyncFoldWriter.await();
                fold.read(connection, taken);
            }
            return Optional.of(fold.accept(taken));
        }
    }

    /**
     * Creates the loader; nothing runs yet.
     *
     * @param catchUpFold folds that serve live facts
     * @param batchSize approximate number of facts in a transaction; fewer if they take long
     */
    BulkLoader(
            StoreAccess store,
            List<ReadModel> models,
            CatchUpFold catchUpFold,
            int batchSize,
            TimeSource time,
            BooleanSupplier closed) {
        this.store = store;
        this.models = models;
        this.loads = models.stream().map(ModelLoad::of).toList();
        this.catchUpFold = catchUpFold;
        this.batchSize = batchSize;
        this.time = time;
        this.closed = closed;
    }

    /**
     * Folds the facts after a position, up to another one, which must be that of a fact. Afterwards the tables lack
     * nothing but indexes.
     *
     * @param connection connection without auto-commit
     * @param progress receives positions whose facts are written, committed or not
     */
    void load(Connection connection, long after, long upTo, LongConsumer progress)
            throws SQLException, InterruptedException {
        for (long position = after; position < upTo; ) {
            position = loadUntilParked(connection, position, upTo, progress);
        }
        for (var each : loads) {
            each.fold.end(connection);
        }
        connection.commit();
    }

    /**
     * Continues to the end, or until a fact that couldn't be folded is parked. Returns the position that is committed
     * then.
     */
    private long loadUntilParked(Connection connection, long after, long upTo, LongConsumer progress)
            throws SQLException, InterruptedException {
        for (var each : loads) {
            each.begin(connection);
        }
        BatchRows.findByIndex(connection);
        long committed = after;
        long position = after;
        int uncommitted = 0;
        long started = time.nanos();
        long begun = started;
        try (var facts = new FactReader(store, after, upTo, Math.min(batchSize, BATCH_SIZE), closed);
                var asyncFoldWriter = new AsyncFoldWriter(connection)) {
            while (position < upTo) {
                var batch = facts.next();
                position = batch.getLast().position();
                uncommitted += batch.size();
                try {
                    accept(connection, batch, asyncFoldWriter);
                    if (position >= upTo
                            || uncommitted >= batchSize
                            || isFull()
                            || isLong(begun - started, time.nanos() - begun)) {
                        commit(connection, asyncFoldWriter, position);
                        committed = position;
                        uncommitted = 0;
                        begun = time.nanos();
                    }
                } catch (SQLException | RuntimeException failure) {
                    if (!PoisonDetector.isSuspect(failure)) {
                        throw failure;
                    }
                    LOG.info(
                            "The facts after position {} up to {} are folded again, one by one if needed.",
                            committed,
                            position,
                            failure);
                    foldAgain(connection, asyncFoldWriter, committed, position);
                    break;
                }
                progress.accept(position);
            }
        }
        return position;
    }

    private void accept(Connection connection, List<RecordedFact> batch, AsyncFoldWriter asyncFoldWriter)
            throws SQLException, InterruptedException {
        if (closed.getAsBoolean()) {
            throw new SQLException("The node is stopping.");
        }
        var writes = new ArrayList<Write>();
        for (var each : loads) {
            each.accept(connection, batch, asyncFoldWriter).ifPresent(writes::add);
        }
        asyncFoldWriter.write(writes);
    }

    private void commit(Connection connection, AsyncFoldWriter asyncFoldWriter, long position)
            throws SQLException, InterruptedException {
        asyncFoldWriter.write(loads.stream().map(each -> each.fold.flush()).toList());
        asyncFoldWriter.await();
        ShadowTableRows.advance(connection, position);
        connection.commit();
        BatchRows.findByIndex(connection);
    }

    private void foldAgain(Connection connection, AsyncFoldWriter asyncFoldWriter, long behind, long upTo)
            throws SQLException, InterruptedException {
        asyncFoldWriter.awaitWritten();
        connection.rollback();
        catchUpFold.fold(connection, models, behind, upTo, _ -> connection.commit());
    }

    private boolean isFull() {
        return loads.stream().anyMatch(each -> each.fold.isFull());
    }

    static boolean isLong(long before, long since) {
        return since >= Math.clamp(before, MIN_TRANSACTION.toNanos(), MAX_TRANSACTION.toNanos());
    }
}
