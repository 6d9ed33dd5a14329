package dev.aicore.discovery.projection.bundle;

import dev.aicore.discovery.readmodel.ModelTable;
import java.sql.SQLException;
import javax.sql.DataSource;

/** Reads how far the projections have folded the facts of an imported database. Blocks. */
public final class CatchUpReader {

    private static final String FOLDED = """
            SELECT count(*) = 3 FROM %s
            WHERE projection IN ('instances', 'audit', 'configurations')
              AND position >= (SELECT max(position) FROM store.facts)""".formatted(ModelTable.WATERMARKS);

    private CatchUpReader() {}

    /** Returns true if all three projections have folded all facts. */
    public static boolean isFolded(DataSource database) throws SQLException {
        try (var connection = database.getConnection();
                var select = connection.prepareStatement(FOLDED);
                var row = select.executeQuery()) {
            return row.next() && row.getBoolean(1);
        }
    }

    /** Returns the number of parked facts. */
    public static long parked(DataSource database) throws SQLException {
        try (var connection = database.getConnection();
                var select = connection.prepareStatement("SELECT count(*) FROM " + ModelTable.PARKED_FACTS);
                var row = select.executeQuery()) {
            return row.next() ? row.getLong(1) : 0;
        }
    }
}
