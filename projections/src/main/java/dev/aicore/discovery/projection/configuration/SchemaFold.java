package dev.aicore.discovery.projection.configuration;

import dev.aicore.discovery.api.configuration.ConfigurationFact;
import dev.aicore.discovery.api.configuration.ConfigurationFact.ConfigurationDeleted;
import dev.aicore.discovery.api.configuration.ConfigurationFact.ConfigurationRolledBack;
import dev.aicore.discovery.api.configuration.ConfigurationFact.ConfigurationSchemaDeclared;
import dev.aicore.discovery.api.configuration.ConfigurationFact.ConfigurationSchemaDropped;
import dev.aicore.discovery.api.configuration.ConfigurationFact.ConfigurationStored;
import dev.aicore.discovery.projection.processing.BatchFold;
import dev.aicore.discovery.projection.processing.RecordedFact;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Stores the last schema of each service. Folding a fact again changes nothing. */
final class SchemaFold implements BatchFold {

    private final SchemaRows rows;

    SchemaFold(SchemaRows rows) {
        this.rows = rows;
    }

    /**
     * Schema of a service, or its absence.
     *
     * @param schema null if the schema was dropped
     */
    record SchemaState(
            ConfigurationFact fact, int revision, @Nullable String schema, RecordedFact recorded) {}

    @Override
    public void fold(Connection connection, List<RecordedFact> facts) throws SQLException {
        var last = new TreeMap<String, SchemaState>();
        for (var recordedFact : facts) {
            var schemaState =
                    recordedFact.fact() instanceof ConfigurationFact fact ? toState(fact, recordedFact) : null;
            if (schemaState != null) {
                last.put(schemaState.fact().service(), schemaState);
            }
        }
        if (!last.isEmpty()) {
            rows.upsert(connection, List.copyOf(last.values()));
        }
    }

    private static @Nullable SchemaState toState(ConfigurationFact fact, RecordedFact recordedFact) {
        return switch (fact) {
            case ConfigurationSchemaDeclared declared ->
                new SchemaState(declared, declared.revision(), declared.schema(), recordedFact);
            case ConfigurationSchemaDropped dropped -> new SchemaState(dropped, dropped.revision(), null, recordedFact);
            case ConfigurationStored _, ConfigurationRolledBack _, ConfigurationDeleted _ -> null;
        };
    }
}
