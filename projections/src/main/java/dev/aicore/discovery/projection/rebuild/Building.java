package dev.aicore.discovery.projection.rebuild;

import dev.aicore.discovery.projection.flow.BisectingFold;
import dev.aicore.discovery.projection.flow.Model;
import dev.aicore.discovery.projection.flow.Recorded;
import dev.aicore.discovery.projection.flow.StoreAccess;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.axonframework.common.stream.BlockingStream;
import org.axonframework.eventhandling.GlobalSequenceTrackingToken;
import org.axonframework.eventhandling.TrackedEventMessage;

/**
 * Folds the store's facts into the tables that are being built, in large batches, by the folds that serve. Rows and position commit
 * together: whoever goes on after a kill goes on behind the last batch.
 */
final class Building {

    private final StoreAccess store;
    private final int batchSize;
    private final BooleanSupplier closed;

    Building(StoreAccess store, int batchSize, BooleanSupplier closed) {
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
    void fold(Connection connection, List<Model> models, long behind, long upTo, AfterBatch after)
            throws SQLException, InterruptedException {
        try (var stream = store.facts().openStream(new GlobalSequenceTrackingToken(behind))) {
            for (long position = behind; position < upTo; ) {
                var batch = next(stream, upTo);
                fold(connection, models, batch);
                position = batch.getLast().position();
                after.foldedUpTo(position);
            }
        }
    }

    private void fold(Connection connection, List<Model> models, List<Recorded> batch) throws SQLException {
        if (closed.getAsBoolean()) {
            throw new SQLException("The node is stopping.");
        }
        var next = InSchema.of(connection, NextRows.SCHEMA);
        for (var model : models) {
            var taken = batch.stream()
                    .filter(recorded -> model.takes().test(recorded.fact()))
                    .toList();
            if (!taken.isEmpty()) {
                new BisectingFold(model.name(), model.fold()).fold(next, taken);
            }
        }
        NextRows.advance(connection, batch.getLast().position());
    }

    private List<Recorded> next(BlockingStream<TrackedEventMessage<?>> stream, long upTo) throws InterruptedException {
        var batch = new ArrayList<Recorded>(batchSize);
        long position = 0;
        while (batch.size() < batchSize && position < upTo) {
            if (!stream.hasNextAvailable(1, TimeUnit.SECONDS)) {
                if (closed.getAsBoolean()) {
                    throw new InterruptedException("The node is stopping.");
                }
                continue;
            }
            var recorded = Recorded.of(stream.nextAvailable());
            batch.add(recorded);
            position = recorded.position();
        }
        return batch;
    }
}
