package dev.aicore.discovery.projection.rebuild;

import dev.aicore.discovery.projection.processing.BisectingFold;
import dev.aicore.discovery.projection.processing.ReadModel;
import dev.aicore.discovery.projection.processing.RecordedFact;
import dev.aicore.discovery.projection.processing.StoreAccess;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.LongConsumer;

/**
 * Folds the store's facts into the tables that are being built, by the folds that serve. Rows and position commit together: whoever goes
 * on after a kill goes on behind the last batch.
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

    /** Is told of each batch in its transaction. */
    @FunctionalInterface
    interface AfterBatch {

        void foldedUpTo(long position) throws SQLException;
    }

    /**
     * Folds what is behind a position, up to another, at which there is a fact.
     *
     * @param connection with an open transaction, which only {@code after} may commit
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

    /** The same, and facts are read on that connection, too: those who wait for what it has locked may have all others. */
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
        var next = SchemaRewritingConnection.of(connection, ShadowTableRows.SCHEMA);
        for (var readModel : models) {
            var taken = readModel.taken(batch);
            if (!taken.isEmpty()) {
                new BisectingFold(readModel.name(), readModel.fold()).fold(next, taken);
            }
        }
        long position = batch.getLast().position();
        ShadowTableRows.advance(connection, position);
        return position;
    }
}
