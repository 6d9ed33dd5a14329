package dev.aicore.discovery.projection.bundle;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.aicore.discovery.eventstore.EventChecksum;
import dev.aicore.discovery.eventstore.FactJsonReader;
import dev.aicore.discovery.eventstore.wire.WireJson;
import dev.aicore.discovery.projection.bundle.BundleHeader.Mark;
import dev.aicore.discovery.projection.bundle.BundleLine.BundleFact;
import dev.aicore.discovery.projection.bundle.BundleLine.BundleObservation;
import dev.aicore.discovery.projection.bundle.BundleLine.FactLine;
import dev.aicore.discovery.projection.bundle.BundleLine.ObservationLine;
import dev.aicore.discovery.projection.bundle.BundleLine.RowLine;
import dev.aicore.discovery.readmodel.ModelTable;
import dev.aicore.discovery.web.ApiJson;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.node.ObjectNode;

/** Reads the start rows of a bundle and its events through cursors. */
final class BundleLineReader implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(BundleLineReader.class);
    /** Number of rows that are in memory at once, each of up to about 1 MB. */
    private static final int FETCH_SIZE = 50;

    private static final String SCHEMA_TABLE = "configuration_schemas";

    /** Name of the field with the hash of an API key, which must not be exported. */
    private static final String SECRET = "hash";

    /**
     * Selects the versions of instances at the start, those of departed instances included. Ends after the start are
     * cleared. Also selects the version that the fact at the start ended, with that end.
     */
    private static final String VERSIONS = """
        WITH stands AS (SELECT max(position) AS position FROM store.facts WHERE position <= ?)
        SELECT CASE WHEN v.to_position = stands.position THEN to_jsonb(v)
                    ELSE to_jsonb(v) || '{"to_position": null, "to_at": null}' END
        FROM %s v CROSS JOIN stands
        WHERE v.from_position <= ? AND (v.to_position IS NULL OR v.to_position >= stands.position)\
        """.formatted(ModelTable.INSTANCE_VERSIONS);

    private static final String CONFIGURATIONS = """
        SELECT to_jsonb(v) || '{"to_position": null, "to_at": null}' FROM %s v
        WHERE v.from_position <= ? AND (v.to_position IS NULL OR v.to_position > ?)\
        """.formatted(ModelTable.CONFIGURATION_VERSIONS);

    private static final String KEY_VALUES = """
        SELECT to_jsonb(v) || '{"to_position": null}' FROM %s v
        WHERE v.from_position <= ? AND (v.to_position IS NULL OR v.to_position > ?)\
        """.formatted(ModelTable.KEY_VALUES);

    /**
     * Selects the last schema declaration or drop of each service at the start. Reads the facts, because the table has
     * changed since.
     */
    private static final String SCHEMAS = """
        SELECT f.position, f.seq, f.recorded_at, f.shard, f.revision, f.type, f.instance_id, f.payload, f.checksum,
               to_jsonb(declared)
        FROM (
            SELECT DISTINCT ON (service) position, at AS declared_at, service, namespace, actor, role, reason
            FROM %s
            WHERE position <= ? AND type IN ('ConfigurationSchemaDeclared', 'ConfigurationSchemaDropped')
            ORDER BY service, position DESC) declared
        JOIN store.facts f ON f.position = declared.position\
        """.formatted(ModelTable.AUDIT);

    /** Selects the last audit entry of each type of each instance: explanations are based on them. */
    private static final String AUDIT = """
        SELECT to_jsonb(a) FROM (
            SELECT DISTINCT ON (instance_id, type) * FROM %s
            WHERE position <= ? AND instance_id IS NOT NULL
            ORDER BY instance_id, type, position DESC) a\
        """.formatted(ModelTable.AUDIT);

    private static final String FACTS = """
        SELECT position, seq, recorded_at, shard, revision, type, instance_id, payload, checksum, false AS observed
        FROM store.facts
        WHERE position >= (SELECT max(position) FROM store.facts WHERE position <= ?) AND position <= ?\
        """;

    /**
     * Condition on the observations of a bundle: after its start, up to its end. A bundle that ends at an instant also
     * contains those between its last fact and that instant.
     */
    static final String OBSERVATIONS_WITHIN = " WHERE position > ? AND (position <= ? OR (recorded_at <= ?"
            + " AND position < coalesce((SELECT min(later.position) FROM store.facts later WHERE later.position > ?),"
            + " 9223372036854775807)))";

    private static final String EVENTS = "SELECT * FROM (" + FACTS + """
        ) facts UNION ALL (
        SELECT position, seq, recorded_at, shard, revision, type, NULL::text, payload, checksum, true
        FROM store.observations\
        """ + OBSERVATIONS_WITHIN + ") ORDER BY position";

    /** Table of the rows; null for events. */
    private final @Nullable String table;

    private final PreparedStatement select;
    private @Nullable ResultSet rows;

    private BundleLineReader(@Nullable String table, PreparedStatement select) {
        this.table = table;
        this.select = select;
    }

    /**
     * Locks the tables before the snapshot is taken: tables that a rebuild swaps in later would look empty in the
     * snapshot.
     */
    static void lockTables(Connection connection) throws SQLException {
        try (var lock = connection.createStatement()) {
            lock.execute("LOCK TABLE " + ModelTable.INSTANCE_VERSIONS + ", " + ModelTable.CONFIGURATION_VERSIONS + ", "
                    + ModelTable.KEY_VALUES + ", " + ModelTable.AUDIT + " IN ACCESS SHARE MODE");
        }
    }

    /** Returns the readers of a bundle, in the order of its lines. */
    static List<BundleLineReader> all(Connection connection, BundleHeader bundleHeader) throws SQLException {
        long from = bundleHeader.from().position();
        var all = new ArrayList<BundleLineReader>();
        all.add(of("instance_versions", VERSIONS, connection, from, from));
        all.add(of("configuration_versions", CONFIGURATIONS, connection, from, from));
        all.add(of(SCHEMA_TABLE, SCHEMAS, connection, from));
        all.add(of("key_values", KEY_VALUES, connection, from, from));
        all.add(of("audit", AUDIT, connection, from));
        all.add(events(connection, bundleHeader));
        return all;
    }

    private static BundleLineReader events(Connection connection, BundleHeader bundleHeader) throws SQLException {
        long from = bundleHeader.from().position();
        long to = bundleHeader.to().position();
        var observations = bundleHeader.observations();
        if (observations == null || observations.omitted() != null) {
            return of(null, FACTS + " ORDER BY position", connection, from, to);
        }
        var events = of(null, EVENTS, connection, from, to);
        setRange(events.select, 3, bundleHeader.from(), bundleHeader.to());
        return events;
    }

    /** Sets the parameters of {@link #OBSERVATIONS_WITHIN}, beginning with the given number. */
    static void setRange(PreparedStatement select, int first, Mark from, Mark to) throws SQLException {
        select.setLong(first, from.position());
        select.setLong(first + 1, to.position());
        select.setObject(first + 2, to.at().atOffset(ZoneOffset.UTC));
        select.setLong(first + 3, to.position());
    }

    private static BundleLineReader of(@Nullable String table, String sql, Connection connection, long... positions)
            throws SQLException {
        var select = connection.prepareStatement(sql);
        select.setFetchSize(FETCH_SIZE);
        for (int i = 0; i < positions.length; i++) {
            select.setLong(i + 1, positions[i]);
        }
        return new BundleLineReader(table, select);
    }

    /** Returns the next line; null at the end. */
    @Nullable
    BundleLine next() throws SQLException {
        if (rows == null) {
            rows = select.executeQuery();
        }
        while (rows.next()) {
            var bundleLine = line(rows);
            if (bundleLine != null) {
                return bundleLine;
            }
        }
        return null;
    }

    private @Nullable BundleLine line(ResultSet row) throws SQLException {
        if (table == null) {
            return row.getBoolean(10) ? observation(row) : fact(row);
        }
        return table.equals(SCHEMA_TABLE)
                ? schema(row)
                : new RowLine(table, ApiJson.mapper().readTree(row.getString(1)));
    }

    /**
     * Returns the schema line; null if the fact that declared the schema can't be read, so that the bundle lacks this
     * schema.
     */
    private static @Nullable BundleLine schema(ResultSet row) throws SQLException {
        var json = readPayload(row);
        if (json == null) {
            LOG.warn("A bundle lacks the schema of a configuration: the fact at {} is unreadable.", row.getLong(1));
            return null;
        }
        var declared = (ObjectNode) ApiJson.mapper().readTree(row.getString(10));
        return new RowLine(
                SCHEMA_TABLE, declared.set("revision", json.path("revision")).set("schema", json.get("schema")));
    }

    private static BundleLine fact(ResultSet row) throws SQLException {
        return new FactLine(new BundleFact(
                row.getLong(1),
                row.getLong(2),
                row.getObject(3, OffsetDateTime.class).toInstant(),
                row.getInt(4),
                row.getInt(5),
                row.getString(6),
                row.getString(7),
                payload(row)));
    }

    private static BundleLine observation(ResultSet row) throws SQLException {
        int shard = row.getInt(4);
        long seq = row.getLong(2);
        int revision = row.getInt(5);
        var type = row.getString(6);
        var payload = row.getBytes(8);
        boolean intact =
                EventChecksum.matches(row.getObject(9, Integer.class), shard, seq, revision, type, null, payload);
        return new ObservationLine(new BundleObservation(
                row.getLong(1),
                seq,
                row.getObject(3, OffsetDateTime.class).toInstant(),
                shard,
                revision,
                type,
                intact ? Base64.getEncoder().encodeToString(payload) : null));
    }

    /**
     * Returns the payload without secrets; null if it can't be read, because an unreadable payload may contain a
     * secret.
     */
    private static @Nullable String payload(ResultSet row) throws SQLException {
        var json = readPayload(row);
        if (json == null) {
            return null;
        }
        boolean secret = row.getString(6).startsWith("Key") && json.has(SECRET);
        return new String(secret ? WireJson.mapper().writeValueAsBytes(json.put(SECRET, "")) : row.getBytes(8), UTF_8);
    }

    private static @Nullable ObjectNode readPayload(ResultSet row) throws SQLException {
        return FactJsonReader.read(
                row.getObject(9, Integer.class),
                row.getInt(4),
                row.getLong(2),
                row.getInt(5),
                row.getString(6),
                row.getString(7),
                row.getBytes(8));
    }

    @Override
    public void close() throws SQLException {
        select.close();
    }
}
