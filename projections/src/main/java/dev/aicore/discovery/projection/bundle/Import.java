package dev.aicore.discovery.projection.bundle;

import dev.aicore.discovery.projection.bundle.Bundle.Taker;
import dev.aicore.discovery.projection.bundle.Line.Row;
import dev.aicore.discovery.projection.bundle.Line.StoredFact;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;

/** Fills an empty database from a bundle: the store with its facts, the read models with what they began with. Projections do the rest. */
public final class Import {

    private static final int AT_ONCE = 500;

    private Import() {}

    /**
     * Fills it. Blocks.
     *
     * @param database with the tables of the store and of the read models, all empty
     */
    public static void fill(DataSource database, Bundle bundle) throws SQLException, IOException {
        try (var connection = database.getConnection()) {
            connection.setAutoCommit(false);
            var batches = new Batches(new ImportRows(connection));
            bundle.forEach(batches);
            batches.flush();
            ImportRows.derive(connection);
            ImportRows.head(connection, bundle.header());
            connection.commit();
            connection.setAutoCommit(true);
        }
    }

    /** Gathers lines, so that a round trip is for many. */
    private static final class Batches implements Taker {

        private final ImportRows into;
        private final List<Row> rows = new ArrayList<>();
        private final List<StoredFact> facts = new ArrayList<>();

        Batches(ImportRows into) {
            this.into = into;
        }

        @Override
        public void row(Row row) throws SQLException {
            if (rows.size() == AT_ONCE
                    || (!rows.isEmpty() && !rows.getLast().table().equals(row.table()))) {
                flush();
            }
            rows.add(row);
        }

        @Override
        public void fact(StoredFact fact) throws SQLException {
            if (facts.size() == AT_ONCE) {
                flush();
            }
            facts.add(fact);
        }

        void flush() throws SQLException {
            if (!rows.isEmpty()) {
                into.rows(rows.getFirst().table(), rows);
            }
            if (!facts.isEmpty()) {
                into.facts(facts);
            }
            rows.clear();
            facts.clear();
        }
    }
}
