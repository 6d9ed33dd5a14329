package dev.aicore.discovery.projection.configuration;

import dev.aicore.discovery.projection.configuration.KeyValueFold.KeySpan;
import dev.aicore.discovery.projection.configuration.KeyValueFold.KeyVersion;
import dev.aicore.discovery.projection.processing.ColumnRows;
import dev.aicore.discovery.readmodel.ModelTable;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reads and writes current and past values of keys. */
final class KeyValueRows {

    private final String keyValues;

    /** @param schema schema of the table */
    KeyValueRows(String schema) {
        keyValues = ModelTable.KEY_VALUES.in(schema);
    }

    /** Returns the current versions, by key and without their values; keys that never existed are absent. */
    Map<String, KeyVersion> present(Connection connection, Collection<String> keys) throws SQLException {
        try (var select = connection.prepareStatement("SELECT key, from_position, created_position, version, flags,"
                + " CASE WHEN value IS NOT NULL THEN '' END AS value FROM " + keyValues
                + " WHERE key = ANY (?::text[]) AND to_position IS NULL")) {
            select.setObject(1, keys.toArray(String[]::new));
            var found = new HashMap<String, KeyVersion>();
            try (var rows = select.executeQuery()) {
                while (rows.next()) {
                    found.put(
                            rows.getString(1),
                            new KeyVersion(
                                    rows.getString(1),
                                    rows.getLong(2),
                                    rows.getLong(3),
                                    rows.getInt(4),
                                    rows.getLong(5),
                                    rows.getString(6)));
                }
            }
            return found;
        }
    }

    /** Ends the values that these replace, if any. */
    void close(Connection connection, List<KeyVersion> firsts) throws SQLException {
        try (var update = connection.prepareStatement("""
                UPDATE %s v SET to_position = ended.position
                FROM unnest(?::text[], ?::bigint[]) AS ended (key, position)
                WHERE v.key = ended.key AND v.to_position IS NULL""".formatted(keyValues))) {
            new ColumnRows<>(firsts)
                    .texts(KeyVersion::key)
                    .longs(KeyVersion::position)
                    .bind(update);
            update.executeUpdate();
        }
    }

    void insert(Connection connection, List<KeySpan> begun) throws SQLException {
        try (var insert = connection.prepareStatement("""
                INSERT INTO %s (from_position, to_position, created_position, flags, version, key, value)
                SELECT from_position, to_position, created_position, flags, version, key, decode(value, 'base64')
                FROM unnest(?::bigint[], ?::bigint[], ?::bigint[], ?::bigint[], ?::integer[], ?::text[], ?::text[])
                    AS begun (from_position, to_position, created_position, flags, version, key, value)""".formatted(keyValues))) {
            new ColumnRows<>(begun)
                    .longs(span -> span.version().position())
                    .nullableLongs(KeySpan::nextPosition)
                    .longs(span -> span.version().created())
                    .longs(span -> span.version().flags())
                    .ints(span -> span.version().version())
                    .texts(span -> span.version().key())
                    .texts(span -> span.version().value())
                    .bind(insert);
            insert.executeUpdate();
        }
    }
}
