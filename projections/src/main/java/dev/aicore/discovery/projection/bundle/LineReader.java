package dev.aicore.discovery.projection.bundle;

import dev.aicore.discovery.config.eventstore.wire.WireJson;
import dev.aicore.discovery.config.web.Json;
import dev.aicore.discovery.projection.bundle.Line.OfFact;
import dev.aicore.discovery.projection.bundle.Line.Row;
import dev.aicore.discovery.projection.bundle.Line.StoredFact;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Reads the rows that a bundle begins with, and its facts, through cursors. */
final class LineReader implements AutoCloseable {

    private static final int FETCHED_AT_ONCE = 500;

    /** What a key is recognized by: nobody is to have it. */
    private static final String SECRET = "hash";

    /**
     * What instances were, those included that had gone; whatever came later is undone. And what the one was before, that the beginning
     * stands on.
     */
    private static final String VERSIONS = """
            WITH stands AS (SELECT max(position) AS position FROM store.facts WHERE position <= ?)
            SELECT CASE WHEN v.to_position = stands.position THEN to_jsonb(v)
                        ELSE to_jsonb(v) || '{"to_position": null, "to_at": null}' END
            FROM models.instance_versions v CROSS JOIN stands
            WHERE v.from_position <= ? AND (v.to_position IS NULL OR v.to_position >= stands.position)""";

    private static final String CONFIGURATIONS = """
            SELECT to_jsonb(v) || '{"to_position": null, "to_at": null}' FROM models.configuration_versions v
            WHERE v.from_position <= ? AND (v.to_position IS NULL OR v.to_position > ?)""";

    /** Of each service the last schema of then, or that it was dropped. The facts tell: the table has gone on since. */
    private static final String SCHEMAS = """
            SELECT to_jsonb(declared) || jsonb_build_object('revision', said -> 'revision', 'schema', said -> 'schema')
            FROM (
                SELECT DISTINCT ON (service) position, at AS declared_at, service, namespace, actor, role, reason
                FROM models.audit
                WHERE position <= ? AND type IN ('ConfigurationSchemaDeclared', 'ConfigurationSchemaDropped')
                ORDER BY service, position DESC) declared
            JOIN (SELECT position, convert_from(payload, 'UTF8')::jsonb AS said FROM store.facts) fact USING (position)""";

    /** Of each instance the last entry of each kind: an explanation rests on them. */
    private static final String AUDIT = """
            SELECT to_jsonb(a) FROM (
                SELECT DISTINCT ON (instance_id, type) * FROM models.audit
                WHERE position <= ? AND instance_id IS NOT NULL
                ORDER BY instance_id, type, position DESC) a""";

    private static final String FACTS = """
            SELECT position, seq, recorded_at, shard, revision, type, instance_id, convert_from(payload, 'UTF8')
            FROM store.facts
            WHERE position >= (SELECT max(position) FROM store.facts WHERE position <= ?) AND position <= ? ORDER BY position""";

    /** The table that its rows are of; null for facts. */
    private final @Nullable String table;

    private final PreparedStatement select;
    private @Nullable ResultSet rows;

    private LineReader(@Nullable String table, PreparedStatement select) {
        this.table = table;
        this.select = select;
    }

    /** Before the snapshot is taken: tables that a rebuild puts in their place later would look empty in it. */
    static void hold(Connection connection) throws SQLException {
        try (var lock = connection.createStatement()) {
            lock.execute(
                    "LOCK TABLE models.instance_versions, models.configuration_versions, models.audit IN ACCESS SHARE MODE");
        }
    }

    /** Those of a bundle, in order. */
    static List<LineReader> all(Connection connection, Header header) throws SQLException {
        long from = header.from().position();
        var all = new ArrayList<LineReader>();
        all.add(of("instance_versions", VERSIONS, connection, from, from));
        all.add(of("configuration_versions", CONFIGURATIONS, connection, from, from));
        all.add(of("configuration_schemas", SCHEMAS, connection, from));
        all.add(of("audit", AUDIT, connection, from));
        all.add(of(null, FACTS, connection, from, header.to().position()));
        return all;
    }

    private static LineReader of(@Nullable String table, String sql, Connection connection, long... positions)
            throws SQLException {
        var select = connection.prepareStatement(sql);
        select.setFetchSize(FETCHED_AT_ONCE);
        for (int i = 0; i < positions.length; i++) {
            select.setLong(i + 1, positions[i]);
        }
        return new LineReader(table, select);
    }

    boolean isOfFacts() {
        return table == null;
    }

    /** Null at the end. */
    @Nullable
    Line next() throws SQLException {
        if (rows == null) {
            rows = select.executeQuery();
        }
        if (!rows.next()) {
            return null;
        }
        return table == null ? fact(rows) : new Row(table, Json.mapper().readTree(rows.getString(1)));
    }

    private static Line fact(ResultSet row) throws SQLException {
        return new OfFact(new StoredFact(
                row.getLong(1),
                row.getLong(2),
                row.getObject(3, OffsetDateTime.class).toInstant(),
                row.getInt(4),
                row.getInt(5),
                row.getString(6),
                row.getString(7),
                withoutSecret(row.getString(6), row.getString(8))));
    }

    private static String withoutSecret(String type, String payload) {
        if (type.startsWith("Key")
                && WireJson.mapper().readTree(payload) instanceof ObjectNode said
                && said.has(SECRET)) {
            return new String(WireJson.mapper().writeValueAsBytes(said.put(SECRET, "")), StandardCharsets.UTF_8);
        }
        return payload;
    }

    @Override
    public void close() throws SQLException {
        select.close();
    }
}
