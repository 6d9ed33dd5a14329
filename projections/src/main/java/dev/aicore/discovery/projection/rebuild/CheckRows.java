package dev.aicore.discovery.projection.rebuild;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.aicore.discovery.projection.flow.ModelTable;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** Compares the tables that serve with those that were built, both as they were at one position. */
final class CheckRows {

    static final int MOST_NAMED = 20;

    private static final int FETCHED_AT_ONCE = 1_000;

    private CheckRows() {}

    private record Sum(long rows, String sha256) {}

    /** In a transaction, which cursors need. */
    static Check compare(Connection connection, ModelTable table, String live, String built, long position)
            throws SQLException {
        settle(connection);
        var is = sum(connection, table, live, position);
        var expected = sum(connection, table, built, position);
        boolean equal = is.sha256().equals(expected.sha256());
        return new Check(
                table.name(),
                is.rows(),
                expected.rows(),
                is.sha256(),
                expected.sha256(),
                equal,
                equal ? List.of() : different(connection, table, live, built, position));
    }

    /** Rows as text depend on the session's time zone, and on nothing else that is set. */
    private static void settle(Connection connection) throws SQLException {
        try (var set = connection.createStatement()) {
            set.execute("SET LOCAL TIME ZONE 'UTC'");
            set.execute("SET LOCAL DateStyle = 'ISO, YMD'");
        }
    }

    private static Sum sum(Connection connection, ModelTable table, String schema, long position) throws SQLException {
        try (var select = connection.prepareStatement(
                "SELECT t::text FROM (" + table.query(schema, position) + ") t ORDER BY " + table.key())) {
            select.setFetchSize(FETCHED_AT_ONCE);
            var sha = MessageDigest.getInstance("SHA-256");
            long count = 0;
            try (var rows = select.executeQuery()) {
                while (rows.next()) {
                    sha.update(rows.getString(1).getBytes(UTF_8));
                    sha.update((byte) '\n');
                    count++;
                }
            }
            return new Sum(count, HexFormat.of().formatHex(sha.digest()));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<String> different(
            Connection connection, ModelTable table, String live, String built, long position) throws SQLException {
        var is = "SELECT " + table.key() + ", t::text FROM (" + table.query(live, position) + ") t";
        var expected = "SELECT " + table.key() + ", t::text FROM (" + table.query(built, position) + ") t";
        try (var select = connection.prepareStatement("SELECT DISTINCT concat_ws(' ', " + table.key() + ") FROM (("
                + is + " EXCEPT " + expected + ") UNION ALL (" + expected + " EXCEPT " + is + ")) d ORDER BY 1 LIMIT "
                + MOST_NAMED)) {
            var keys = new ArrayList<String>();
            try (var rows = select.executeQuery()) {
                while (rows.next()) {
                    keys.add(rows.getString(1));
                }
            }
            return keys;
        }
    }
}
