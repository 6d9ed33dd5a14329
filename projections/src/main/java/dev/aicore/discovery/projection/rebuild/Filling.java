package dev.aicore.discovery.projection.rebuild;

import dev.aicore.discovery.config.time.TimeSource;
import dev.aicore.discovery.projection.flow.BatchRows;
import dev.aicore.discovery.projection.flow.BisectingFold;
import dev.aicore.discovery.projection.flow.BuildFold;
import dev.aicore.discovery.projection.flow.BuildFold.Write;
import dev.aicore.discovery.projection.flow.Model;
import dev.aicore.discovery.projection.flow.Poison;
import dev.aicore.discovery.projection.flow.Recorded;
import dev.aicore.discovery.projection.flow.StoreAccess;
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
 * Fills empty tables with what the store has, by folds that are made for it, in long transactions. If a fact can't be folded, the
 * transaction is done again by the folds that serve: they find it, and park it.
 */
final class Filling {

    private static final Logger LOG = LoggerFactory.getLogger(Filling.class);

    /** Facts that are folded and written in one piece. */
    static final int AT_ONCE = 2_000;

    /**
     * What a kill makes it do again, in time: at first little, and later as much as it has done before, since all versions that are still
     * true are written at each commit, and again when they end.
     */
    static final Duration SHORTEST = Duration.ofSeconds(2);

    static final Duration LONGEST = Duration.ofSeconds(15);

    private final StoreAccess store;
    private final List<Model> models;
    private final List<Filled> filled;
    private final Building careful;
    private final int batchSize;
    private final TimeSource time;
    private final BooleanSupplier closed;

    /** A model, what fills its tables, and which sequences of its facts wait for one that couldn't be folded. */
    private record Filled(Model model, BuildFold fold, Set<String> waiting) {

        static Filled of(Model model) {
            return new Filled(model, model.build().get(), new HashSet<>());
        }

        void begin(Connection next) throws SQLException {
            fold.forget();
            waiting.addAll(careful().waiting(next));
        }

        Optional<Write> take(Connection next, List<Recorded> facts, Writer writer)
                throws SQLException, InterruptedException {
            var taken = model.taken(facts);
            if (taken.stream().anyMatch(fact -> waiting.contains(fact.sequence()))) {
                writer.await();
                taken = careful().free(next, taken);
            }
            if (taken.isEmpty()) {
                return Optional.empty();
            }
            if (taken.stream().anyMatch(Recorded::isUnreadable)) {
                throw new IllegalStateException("One of these facts can't be read, and is to be parked.");
            }
            if (!fold.knows(taken)) {
                writer.await();
                fold.read(next, taken);
            }
            return Optional.of(fold.take(taken));
        }

        private BisectingFold careful() {
            return new BisectingFold(model.name(), model.fold());
        }
    }

    /**
     * Does nothing yet.
     *
     * @param careful the folds that serve
     * @param batchSize facts in a transaction, about; fewer where they take long
     */
    Filling(
            StoreAccess store,
            List<Model> models,
            Building careful,
            int batchSize,
            TimeSource time,
            BooleanSupplier closed) {
        this.store = store;
        this.models = models;
        this.filled = models.stream().map(Filled::of).toList();
        this.careful = careful;
        this.batchSize = batchSize;
        this.time = time;
        this.closed = closed;
    }

    /**
     * Takes in what is behind a position, up to another, at which there is a fact. Then the tables lack nothing but indexes.
     *
     * @param connection on which a statement begins a transaction, if there is none
     * @param progress is told of positions whose facts are in, committed or not
     */
    void fill(Connection connection, long behind, long upTo, LongConsumer progress)
            throws SQLException, InterruptedException {
        for (long position = behind; position < upTo; ) {
            position = fillOrStop(connection, position, upTo, progress);
        }
        for (var each : filled) {
            each.fold.end(InSchema.of(connection, NextRows.SCHEMA));
        }
        connection.commit();
    }

    /** Goes on to the end, or until what couldn't be folded is parked: to the position that is committed then. */
    private long fillOrStop(Connection connection, long behind, long upTo, LongConsumer progress)
            throws SQLException, InterruptedException {
        var next = InSchema.of(connection, NextRows.SCHEMA);
        for (var each : filled) {
            each.begin(next);
        }
        BatchRows.findByIndex(connection);
        long committed = behind;
        long position = behind;
        int uncommitted = 0;
        long started = time.nanos();
        long begun = started;
        try (var facts = new FactReader(store, behind, upTo, Math.min(batchSize, AT_ONCE), closed);
                var writer = new Writer(next)) {
            while (position < upTo) {
                var batch = facts.next();
                position = batch.getLast().position();
                uncommitted += batch.size();
                try {
                    take(next, batch, writer);
                    if (position >= upTo
                            || uncommitted >= batchSize
                            || isFull()
                            || isLong(begun - started, time.nanos() - begun)) {
                        commit(connection, writer, position);
                        committed = position;
                        uncommitted = 0;
                        begun = time.nanos();
                    }
                } catch (SQLException | RuntimeException failure) {
                    if (!Poison.suspected(failure)) {
                        throw failure;
                    }
                    LOG.info("Folded again, one by one if need be, behind {} up to {}", committed, position, failure);
                    foldAgain(connection, writer, committed, position);
                    break;
                }
                progress.accept(position);
            }
        }
        return position;
    }

    private void take(Connection next, List<Recorded> batch, Writer writer) throws SQLException, InterruptedException {
        if (closed.getAsBoolean()) {
            throw new SQLException("The node is stopping.");
        }
        var writes = new ArrayList<Write>();
        for (var each : filled) {
            each.take(next, batch, writer).ifPresent(writes::add);
        }
        writer.write(writes);
    }

    private void commit(Connection connection, Writer writer, long position) throws SQLException, InterruptedException {
        writer.write(filled.stream().map(each -> each.fold.rest()).toList());
        writer.await();
        NextRows.advance(connection, position);
        connection.commit();
        BatchRows.findByIndex(connection);
    }

    private void foldAgain(Connection connection, Writer writer, long behind, long upTo)
            throws SQLException, InterruptedException {
        writer.settle();
        connection.rollback();
        careful.fold(connection, models, behind, upTo, _ -> connection.commit());
    }

    private boolean isFull() {
        return filled.stream().anyMatch(each -> each.fold.isFull());
    }

    static boolean isLong(long before, long since) {
        return since >= Math.clamp(before, SHORTEST.toNanos(), LONGEST.toNanos());
    }
}
