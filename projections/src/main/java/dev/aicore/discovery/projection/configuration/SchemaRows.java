package dev.aicore.discovery.projection.configuration;

import dev.aicore.discovery.projection.configuration.SchemaFold.SchemaState;
import dev.aicore.discovery.projection.processing.ColumnRows;
import dev.aicore.discovery.readmodel.ModelTable;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** Writes the schemas of configurations. */
final class SchemaRows {

    private final String schemas;

    /** @param schema schema of the table in the database */
    SchemaRows(String schema) {
        schemas = ModelTable.CONFIGURATION_SCHEMAS.in(schema);
    }

    /** Upserts the schemas, unless a later one is stored. */
    void upsert(Connection connection, List<SchemaState> declared) throws SQLException {
        try (var upsert = connection.prepareStatement("""
                INSERT INTO %s AS known (position, declared_at, revision, service, namespace, actor,
                    role, reason, schema)
                SELECT * FROM unnest(?::bigint[], ?::timestamptz[], ?::integer[], ?::text[], ?::text[], ?::text[], ?::text[],
                    ?::text[], ?::text[])
                ON CONFLICT (service) DO UPDATE
                SET position = excluded.position, declared_at = excluded.declared_at, revision = excluded.revision,
                    actor = excluded.actor, role = excluded.role, reason = excluded.reason, schema = excluded.schema
                WHERE excluded.position > known.position""".formatted(schemas))) {
            new ColumnRows<>(declared)
                    .longs(one -> one.recorded().position())
                    .instants(one -> one.recorded().at())
                    .ints(SchemaState::revision)
                    .texts(one -> one.fact().service())
                    .texts(one -> one.fact().envelope().namespace())
                    .texts(one -> one.fact().envelope().actor())
                    .texts(one -> one.fact().envelope().role())
                    .texts(one -> one.fact().envelope().reason())
                    .texts(SchemaState::schema)
                    .bind(upsert);
            upsert.executeUpdate();
        }
    }
}
