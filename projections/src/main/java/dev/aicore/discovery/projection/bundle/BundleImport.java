package dev.aicore.discovery.projection.bundle;

import dev.aicore.discovery.projection.bundle.Bundle.BundleVisitor;
import dev.aicore.discovery.projection.bundle.BundleLine.BundleFact;
import dev.aicore.discovery.projection.bundle.BundleLine.RowLine;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;

/**
 * Fills an empty database from a bundle: the store with its facts, the read models with their start state. The
 * projections then fold the facts.
 */
public final class BundleImport {

    /** Number of lines that are written at once, each of up to about 1 MB. */
    private static final int BATCH_SIZE = 50;

    private BundleImport() {}

    /**
     * Imports the bundle in one transaction. Blocks.
     *
     * @param database contains the tables of the store and of the read models, all empty
     */
    public static void load(DataSource database, Bundle bundle) throws SQLException, IOException {
        try (var connection = database.getConnection()) {
            connection.setAutoCommit(false);
            var batches = new Batches(new BundleImportRows(connection));
            bundle.forEach(batches);
            batches.flush();
            BundleImportRows.derive(connection);
            BundleImportRows.head(connection, bundle.header());
            connection.commit();
            connection.setAutoCommit(true);
        }
    }

    /** Batches lines, so that one round trip writes many. */
    private static final class Batches implements BundleVisitor {

        private final BundleImportRows into;
        private final List<RowLine> rows = new ArrayList<>();
        private final List<BundleFact> facts = new ArrayList<>();

        Batches(BundleImportRows into) {
            this.into = into;
        }

        @Override
        public void row(RowLine rowLine) throws SQLException {
            if (rows.size() == BATCH_SIZE
                    || (!rows.isEmpty() && !rows.getLast().table().equals(rowLine.table()))) {
                flush();
            }
            rows.add(rowLine);
        }

        @Override
        public void fact(BundleFact fact) throws SQLException {
            if (facts.size() == BATCH_SIZE) {
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
