package dev.aicore.discovery.projection.rebuild;

import dev.aicore.discovery.projection.processing.ReadModel;
import dev.aicore.discovery.projection.processing.RecordedFact;
import dev.aicore.discovery.projection.processing.StoreAccess;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.LongConsumer;

/**
 * Folds the store's facts into shadow tables, by the folds that serve live facts. Rows and position commit together, so
 * that a run after a kill continues after the last batch.
 */
final class CatchUpFold {

    private final StoreAccess store;
    private final int batchSize;
    private final BooleanSupplier closed;

    CatchUpFold(StoreAccess store, int batchSize, BooleanSupplier closed) {
        this.store = store;
        this.batchSize = batchSize;
        this.closed = closed;
    }

    /** Called after each batch, in its transaction. */
    @FunctionalInterface
    interface AfterBatch {

        void foldedUpTo(long position) throws SQLException;
    }

    /**
     * Folds the facts after a position, up to another one, which must be that of a fact.
     *
     * @param connection connection with an open transaction, which only {@code after} may commit
     */
    void fold(Connection connection, List<ReadModel> models, long behind, long upTo, AfterBatch after)
            throws SQLException, InterruptedException {
        if (behind >= upTo) {
            return;
        }
        try (var facts = new FactReader(store, behind, upTo, batchSize, closed)) {
            for (long position = behind; position < upTo; ) {
                position = fold(connection, models, facts.next());
                after.foldedUpTo(position);
            }
        }
    }

    /**
     * Folds like {@link #fold}, but reads the facts on the same connection: callers that wait for its locks may hold
     * all other connections.
     */
    void foldLocked(Connection connection, List<ReadModel> models, long behind, long upTo, LongConsumer after)
            throws SQLException {
        for (long position = behind; position < upTo; ) {
            var page = store.facts().page(connection, position, batchSize);
            var batch = page.events().stream()
                    .map(RecordedFact::of)
                    .takeWhile(fact -> fact.position() <= upTo)
                    .toList();
            position = fold(connection, models, batch);
            after.accept(position);
        }
    }

    private long fold(Connection connection, List<ReadModel> models, List<RecordedFact> batch) throws SQLException {
        if (closed.getAsBoolean()) {
            throw new SQLException("The node is stopping.");
        }
        for (var readModel : models) {
            var taken = readModel.select(batch);
            if (!taken.isEmpty()) {
                readModel.bisectingFold(ShadowTableRows.SCHEMA).fold(connection, taken);
            }
        }
        long position = batch.getLast().position();
        ShadowTableRows.advance(connection, position);
        return position;
    }
}
