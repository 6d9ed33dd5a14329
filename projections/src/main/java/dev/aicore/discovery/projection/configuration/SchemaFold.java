package dev.aicore.discovery.projection.configuration;

import dev.aicore.discovery.api.configuration.ConfigurationDeleted;
import dev.aicore.discovery.api.configuration.ConfigurationFact;
import dev.aicore.discovery.api.configuration.ConfigurationRolledBack;
import dev.aicore.discovery.api.configuration.ConfigurationSchemaDeclared;
import dev.aicore.discovery.api.configuration.ConfigurationSchemaDropped;
import dev.aicore.discovery.api.configuration.ConfigurationStored;
import dev.aicore.discovery.projection.flow.BatchFold;
import dev.aicore.discovery.projection.flow.Recorded;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Keeps each service's last schema; one that was folded in before changes nothing. */
final class SchemaFold implements BatchFold {

    /**
     * A schema, or that there is none.
     *
     * @param schema null if it was dropped
     */
    record Declared(
            ConfigurationFact fact, int revision, @Nullable String schema, Recorded recorded) {}

    @Override
    public void fold(Connection connection, List<Recorded> facts) throws SQLException {
        var last = new TreeMap<String, Declared>();
        for (var recorded : facts) {
            var declared = recorded.fact() instanceof ConfigurationFact fact ? declared(fact, recorded) : null;
            if (declared != null) {
                last.put(declared.fact().service(), declared);
            }
        }
        if (!last.isEmpty()) {
            SchemaRows.upsert(connection, List.copyOf(last.values()));
        }
    }

    private static @Nullable Declared declared(ConfigurationFact fact, Recorded recorded) {
        return switch (fact) {
            case ConfigurationSchemaDeclared declared ->
                new Declared(declared, declared.revision(), declared.schema(), recorded);
            case ConfigurationSchemaDropped dropped -> new Declared(dropped, dropped.revision(), null, recorded);
            case ConfigurationStored _, ConfigurationRolledBack _, ConfigurationDeleted _ -> null;
        };
    }
}
