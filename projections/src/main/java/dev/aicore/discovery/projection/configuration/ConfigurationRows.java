package dev.aicore.discovery.projection.configuration;

import dev.aicore.discovery.projection.configuration.ConfigurationFold.Span;
import dev.aicore.discovery.projection.processing.ColumnRows;
import dev.aicore.discovery.readmodel.ModelTable;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reads and writes current and past configurations. */
final class ConfigurationRows {

    private final String configurations;
    private final String versions;

    /** @param schema schema of the tables */
    ConfigurationRows(String schema) {
        configurations = ModelTable.CONFIGURATIONS.in(schema);
        versions = ModelTable.CONFIGURATION_VERSIONS.in(schema);
    }

    /**
     * Current version of a configuration.
     *
     * @param position position of the fact that last changed it
     */
    record Present(long position, int version, boolean deleted) {}

    /** Returns the current versions, by service; services that never had a configuration are absent. */
    Map<String, Present> present(Connection connection, Collection<String> services) throws SQLException {
        try (var select = connection.prepareStatement("SELECT service, position, version, deleted FROM "
                + configurations + " WHERE service = ANY (?::text[])")) {
            select.setObject(1, services.toArray(String[]::new));
            var found = new HashMap<String, Present>();
            try (var rows = select.executeQuery()) {
                while (rows.next()) {
                    found.put(rows.getString(1), new Present(rows.getLong(2), rows.getInt(3), rows.getBoolean(4)));
                }
            }
            return found;
        }
    }

    /** Ends the versions that these replace, if any. */
    void close(Connection connection, List<ConfigurationVersion> firsts) throws SQLException {
        try (var update = connection.prepareStatement("""
                UPDATE %s v SET to_position = ended.position, to_at = ended.at
                FROM unnest(?::text[], ?::bigint[], ?::timestamptz[]) AS ended (service, position, at)
                WHERE v.service = ended.service AND v.to_position IS NULL""".formatted(versions))) {
            new ColumnRows<>(firsts)
                    .texts(ConfigurationVersion::service)
                    .longs(ConfigurationVersion::position)
                    .instants(ConfigurationVersion::at)
                    .bind(update);
            update.executeUpdate();
        }
    }

    void insert(Connection connection, List<Span> begun) throws SQLException {
        try (var insert = connection.prepareStatement("""
                INSERT INTO %s (from_position, to_position, from_at, to_at, version, restored,
                    service, namespace, actor, role, reason, content)
                SELECT from_position, to_position, from_at, to_at, version, restored::integer, service, namespace, actor, role,
                    reason, content
                FROM unnest(?::bigint[], ?::bigint[], ?::timestamptz[], ?::timestamptz[], ?::integer[], ?::bigint[], ?::text[],
                    ?::text[], ?::text[], ?::text[], ?::text[], ?::text[])
                    AS begun (from_position, to_position, from_at, to_at, version, restored, service, namespace, actor, role,
                    reason, content)""".formatted(versions))) {
            new ColumnRows<>(begun)
                    .longs(span -> span.version().position())
                    .nullableLongs(
                            span -> span.next() == null ? null : span.next().position())
                    .instants(span -> span.version().at())
                    .instants(span -> span.next() == null ? null : span.next().at())
                    .ints(span -> span.version().version())
                    .nullableLongs(span -> {
                        var restored = span.version().restored();
                        return restored == null ? null : restored.longValue();
                    })
                    .texts(span -> span.version().service())
                    .texts(span -> span.version().by().namespace())
                    .texts(span -> span.version().by().actor())
                    .texts(span -> span.version().by().role())
                    .texts(span -> span.version().by().reason())
                    .texts(span -> span.version().content())
                    .bind(insert);
            insert.executeUpdate();
        }
    }

    void upsert(Connection connection, List<ConfigurationVersion> lasts) throws SQLException {
        try (var upsert = connection.prepareStatement("""
                INSERT INTO %s AS known (position, version, deleted, service, namespace)
                SELECT position, version, deleted = 1, service, namespace
                FROM unnest(?::bigint[], ?::integer[], ?::integer[], ?::text[], ?::text[])
                    AS now (position, version, deleted, service, namespace)
                ON CONFLICT (service) DO UPDATE
                SET position = excluded.position, version = excluded.version, deleted = excluded.deleted""".formatted(configurations))) {
            new ColumnRows<>(lasts)
                    .longs(ConfigurationVersion::position)
                    .ints(ConfigurationVersion::version)
                    .ints(version -> version.isDeleted() ? 1 : 0)
                    .texts(ConfigurationVersion::service)
                    .texts(version -> version.by().namespace())
                    .bind(upsert);
            upsert.executeUpdate();
        }
    }
}
