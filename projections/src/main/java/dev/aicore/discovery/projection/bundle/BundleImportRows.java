package dev.aicore.discovery.projection.bundle;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.aicore.discovery.eventstore.EventChecksum;
import dev.aicore.discovery.projection.bundle.BundleLine.BundleFact;
import dev.aicore.discovery.projection.bundle.BundleLine.RowLine;
import dev.aicore.discovery.readmodel.ModelTable;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;

/** Writes the rows and facts of a bundle in an open transaction. */
final class BundleImportRows {

    /** Tables of the rows, by the names that bundles have for them. */
    private static final Map<String, ModelTable> TABLES = Map.of(
            "instance_versions", ModelTable.INSTANCE_VERSIONS,
            "configuration_versions", ModelTable.CONFIGURATION_VERSIONS,
            "configuration_schemas", ModelTable.CONFIGURATION_SCHEMAS,
            "key_values", ModelTable.KEY_VALUES,
            "audit", ModelTable.AUDIT);

    private static final String PRESENT = """
            INSERT INTO %s (position, slot_position, registered_at, updated_at, lease_changed_at, health_changed_at,
                slot, declaration_version, shard, id, service, namespace, owner, declared, lease, health, breaker, declaration)
            SELECT from_position, slot_position, registered_at, updated_at, lease_changed_at, health_changed_at,
                slot, declaration_version, shard, id, service, namespace, owner, declared, lease, health, breaker, declaration
            FROM %s WHERE to_position IS NULL AND gone IS NULL""".formatted(ModelTable.INSTANCES, ModelTable.INSTANCE_VERSIONS);

    private static final String CONFIGURATIONS =
            """
            INSERT INTO %s (position, version, deleted, service, namespace)
            SELECT from_position, version, content IS NULL, service, namespace
            FROM %s WHERE to_position IS NULL""".formatted(ModelTable.CONFIGURATIONS, ModelTable.CONFIGURATION_VERSIONS);

    private final Connection connection;

    BundleImportRows(Connection connection) {
        this.connection = connection;
    }

    /** Inserts rows of one table. */
    void rows(String table, List<RowLine> rows) throws SQLException {
        var modelTable = TABLES.get(table);
        if (modelTable == null) {
            throw new SQLException("A bundle of this version has no table '" + table + "'.");
        }
        try (var insert = connection.prepareStatement("INSERT INTO " + modelTable
                + " SELECT * FROM jsonb_populate_record(null::" + modelTable + ", ?::jsonb)")) {
            for (var rowLine : rows) {
                insert.setString(1, rowLine.row().toString());
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }

    void facts(List<BundleFact> facts) throws SQLException {
        try (var insert = connection.prepareStatement("""
                INSERT INTO store.facts (position, seq, recorded_at, shard, revision, type, instance_id, payload, checksum)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)""")) {
            for (var fact : facts) {
                insert.setLong(1, fact.position());
                insert.setLong(2, fact.seq());
                insert.setObject(3, fact.recordedAt().atOffset(ZoneOffset.UTC));
                insert.setInt(4, fact.shard());
                insert.setInt(5, fact.revision());
                insert.setString(6, fact.type());
                insert.setString(7, fact.instanceId());
                setPayload(insert, fact);
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }

    /**
     * Sets the payload and its checksum. A fact that was unreadable at its origin gets an empty payload and no
     * checksum, so that it is unreadable here, too.
     */
    private static void setPayload(PreparedStatement insert, BundleFact fact) throws SQLException {
        var json = fact.payload();
        var payload = json == null ? new byte[0] : json.getBytes(UTF_8);
        insert.setBytes(8, payload);
        if (json == null) {
            insert.setNull(9, Types.INTEGER);
        } else {
            insert.setInt(
                    9,
                    EventChecksum.of(
                            fact.shard(), fact.seq(), fact.revision(), fact.type(), fact.instanceId(), payload));
        }
    }

    /** Derives the current state at the start of the bundle from the imported versions. */
    static void derive(Connection connection) throws SQLException {
        try (var insert = connection.createStatement()) {
            insert.execute(PRESENT);
            insert.execute(CONFIGURATIONS);
        }
    }

    /** Sets the head of the store to the end of the bundle, and its incarnation to that of the exported store. */
    static void head(Connection connection, BundleHeader bundleHeader) throws SQLException {
        try (var update = connection.prepareStatement(
                "UPDATE store.head SET position = ?, recorded_at = ?, incarnation = ?::uuid")) {
            update.setLong(1, bundleHeader.to().position());
            update.setObject(2, bundleHeader.to().at().atOffset(ZoneOffset.UTC));
            update.setString(3, bundleHeader.store());
            update.executeUpdate();
        }
    }
}
