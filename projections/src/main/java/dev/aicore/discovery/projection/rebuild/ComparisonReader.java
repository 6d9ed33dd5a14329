package dev.aicore.discovery.projection.rebuild;

import dev.aicore.discovery.projection.processing.ReadModelTable;
import dev.aicore.discovery.readmodel.ModelTable;
import java.math.BigInteger;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Compares the serving tables with the shadow tables, both as they were at one position. */
final class ComparisonReader {

    static final int MAX_NAMED = 20;

    /**
     * Combines the hashes of all rows independently of their order. {@code record_send} is the binary form, which no
     * setting changes.
     */
    private static final String SUM = """
            SELECT count(*), bit_xor(('x' || encode(sha256(record_send(t)), 'hex'))::bit(256))::text FROM (""";

    private static final int HEX_DIGITS = 64;

    private ComparisonReader() {}

    /**
     * Contents of a table at a position.
     *
     * @param rows number of rows
     * @param sha256 SHA-256 of each row, combined by exclusive or
     */
    private record Sum(long rows, String sha256) {}

    /**
     * Compares a serving table with its shadow table, both as they were at a position; either may have folded later
     * facts.
     */
    static ComparisonResult compare(Connection connection, ReadModelTable table, long position) throws SQLException {
        var is = sum(connection, table, ModelTable.SCHEMA, position);
        var expected = sum(connection, table, ShadowTableRows.SCHEMA, position);
        boolean equal = is.equals(expected);
        return new ComparisonResult(
                table.name(),
                is.rows(),
                expected.rows(),
                is.sha256(),
                expected.sha256(),
                equal,
                equal ? List.of() : different(connection, table, position));
    }

    private static Sum sum(Connection connection, ReadModelTable table, String schema, long position)
            throws SQLException {
        try (var select = connection.prepareStatement(SUM + table.query(schema, position) + ") t");
                var row = select.executeQuery()) {
            row.next();
            var bits = row.getString(2);
            return new Sum(row.getLong(1), hex(bits == null ? "0" : bits));
        }
    }

    private static String hex(String bits) {
        var digits = new BigInteger(bits, 2).toString(16);
        return "0".repeat(HEX_DIGITS - digits.length()) + digits;
    }

    private static List<String> different(Connection connection, ReadModelTable table, long position)
            throws SQLException {
        var is = rows(table, ModelTable.SCHEMA, position);
        var expected = rows(table, ShadowTableRows.SCHEMA, position);
        try (var select = connection.prepareStatement("SELECT DISTINCT concat_ws(' ', " + table.key() + ") FROM (("
                + is + " EXCEPT " + expected + ") UNION ALL (" + expected + " EXCEPT " + is + ")) d ORDER BY 1 LIMIT "
                + MAX_NAMED)) {
            var keys = new ArrayList<String>();
            try (var rows = select.executeQuery()) {
                while (rows.next()) {
                    keys.add(rows.getString(1));
                }
            }
            return keys;
        }
    }

    private static String rows(ReadModelTable table, String schema, long position) {
        return "SELECT " + table.key() + ", t::text FROM (" + table.query(schema, position) + ") t";
    }
}
