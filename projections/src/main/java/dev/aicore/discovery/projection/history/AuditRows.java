package dev.aicore.discovery.projection.history;

import dev.aicore.discovery.projection.processing.ColumnRows;
import dev.aicore.discovery.projection.processing.CopyRows;
import dev.aicore.discovery.readmodel.ModelTable;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reads and writes the audit. */
final class AuditRows {

    private static final String COLUMNS =
            "position, at, type, instance_id, service, endpoint, namespace, actor, role, source_address, protocol, request_id,"
                    + " reason, idempotency_key, cause, summary, evidence";

    private final String audit;

    /** @param schema schema of the table */
    AuditRows(String schema) {
        audit = ModelTable.AUDIT.in(schema);
    }

    /**
     * Returns the endpoints of instances before these positions, by instance id; instances without an earlier endpoint
     * are absent.
     */
    Map<String, String> endpointsBefore(Connection connection, Map<String, Long> positions) throws SQLException {
        try (var select = connection.prepareStatement("""
                SELECT wanted.id, entry.endpoint FROM unnest(?::text[], ?::bigint[]) AS wanted (id, position)
                CROSS JOIN LATERAL (
                    SELECT endpoint FROM %s
                    WHERE instance_id = wanted.id AND position < wanted.position ORDER BY position DESC LIMIT 1) entry
                WHERE entry.endpoint IS NOT NULL""".formatted(audit))) {
            new ColumnRows<>(List.copyOf(positions.entrySet()))
                    .texts(Map.Entry::getKey)
                    .longs(Map.Entry::getValue)
                    .bind(select);
            var endpoints = new HashMap<String, String>();
            try (var rows = select.executeQuery()) {
                while (rows.next()) {
                    endpoints.put(rows.getString(1), rows.getString(2));
                }
            }
            return endpoints;
        }
    }

    /** Copies entries in order of position into a table without other writers. */
    void copy(Connection connection, List<AuditEntry> entries) throws SQLException {
        try (var rows = new CopyRows(connection, audit, COLUMNS)) {
            for (var entry : entries) {
                var metadata = entry.envelope();
                rows.row()
                        .bigint(entry.position())
                        .time(entry.at())
                        .text(entry.type())
                        .text(entry.instanceId())
                        .text(entry.service())
                        .text(entry.endpoint())
                        .text(metadata.namespace())
                        .text(metadata.actor())
                        .text(metadata.role())
                        .text(metadata.sourceAddress())
                        .text(metadata.protocol())
                        .text(metadata.requestId())
                        .text(metadata.reason())
                        .text(metadata.idempotencyKey())
                        .text(entry.cause())
                        .text(entry.summary())
                        .json(entry.evidence());
            }
            rows.end();
        }
    }

    /** Inserts entries in order of position; existing ones stay unchanged. */
    void insert(Connection connection, List<AuditEntry> entries) throws SQLException {
        try (var insert = connection.prepareStatement("INSERT INTO " + audit + " (" + COLUMNS + """
                ) SELECT * FROM unnest(?::bigint[], ?::timestamptz[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[],
                    ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::jsonb[])
                ON CONFLICT (position) DO NOTHING""")) {
            new ColumnRows<>(entries)
                    .longs(AuditEntry::position)
                    .instants(AuditEntry::at)
                    .texts(AuditEntry::type)
                    .texts(AuditEntry::instanceId)
                    .texts(AuditEntry::service)
                    .texts(AuditEntry::endpoint)
                    .texts(entry -> entry.envelope().namespace())
                    .texts(entry -> entry.envelope().actor())
                    .texts(entry -> entry.envelope().role())
                    .texts(entry -> entry.envelope().sourceAddress())
                    .texts(entry -> entry.envelope().protocol())
                    .texts(entry -> entry.envelope().requestId())
                    .texts(entry -> entry.envelope().reason())
                    .texts(entry -> entry.envelope().idempotencyKey())
                    .texts(AuditEntry::cause)
                    .texts(AuditEntry::summary)
                    .texts(AuditEntry::evidence)
                    .bind(insert);
            insert.executeUpdate();
        }
    }
}
