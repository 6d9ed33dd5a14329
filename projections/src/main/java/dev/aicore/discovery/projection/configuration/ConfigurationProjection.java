package dev.aicore.discovery.projection.configuration;

import dev.aicore.discovery.api.configuration.ConfigurationFact;
import dev.aicore.discovery.api.configuration.ConfigurationFact.ConfigurationStream;
import dev.aicore.discovery.api.configuration.KeyValueFact;
import dev.aicore.discovery.api.configuration.KeyValueFact.KeyValueStream;
import dev.aicore.discovery.eventstore.UnreadableEvent;
import dev.aicore.discovery.projection.processing.BatchFold;
import dev.aicore.discovery.projection.processing.FactBatchCollector;
import dev.aicore.discovery.projection.processing.ProjectionProcessor;
import dev.aicore.discovery.projection.processing.ReadModel;
import dev.aicore.discovery.projection.processing.ReadModelTable;
import dev.aicore.discovery.projection.processing.RebuildFold;
import dev.aicore.discovery.readmodel.ModelTable;
import java.time.Instant;
import java.util.List;
import org.axonframework.config.ProcessingGroup;
import org.axonframework.eventhandling.EventHandler;
import org.axonframework.eventhandling.Timestamp;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.messaging.annotation.SourceId;

/**
 * Folds facts into {@code configurations}, {@code configuration_versions}, {@code configuration_schemas} and
 * {@code key_values}. Keys and configurations have one watermark, so that one statement reads both at one position.
 */
@ProcessingGroup(ProjectionProcessor.PROCESSOR)
public final class ConfigurationProjection {

    public static final String NAME = "configurations";

    private final FactBatchCollector collector;

    public ConfigurationProjection(FactBatchCollector collector) {
        this.collector = collector;
    }

    /**
     * Returns the fold of collected facts.
     *
     * @param schema schema of the tables
     */
    public static BatchFold fold(String schema) {
        return new ConfigurationFold(new ConfigurationRows(schema))
                .andThen(new SchemaFold(new SchemaRows(schema)))
                .andThen(new KeyValueFold(new KeyValueRows(schema)));
    }

    /** Returns the read model, for rebuilds. */
    public static ReadModel model() {
        return new ReadModel(
                NAME,
                List.of(
                        new ReadModelTable(
                                ModelTable.CONFIGURATION_VERSIONS,
                                "service COLLATE \"C\", from_position",
                                (schema, position) ->
                                        """
                                SELECT from_position, CASE WHEN to_position <= %2$s THEN to_position END AS to_position, from_at,
                                       CASE WHEN to_position <= %2$s THEN to_at END AS to_at, version, restored, service,
                                       namespace, actor, role, reason, content
                                FROM %1$s WHERE from_position <= %2$s""".formatted(ModelTable.CONFIGURATION_VERSIONS.in(schema), position)),
                        lastRowTable(ModelTable.CONFIGURATIONS),
                        lastRowTable(ModelTable.CONFIGURATION_SCHEMAS),
                        new ReadModelTable(ModelTable.KEY_VALUES, "key, from_position", (schema, position) ->
                                """
                                SELECT from_position, CASE WHEN to_position <= %2$s THEN to_position END AS to_position,
                                       created_position, flags, version, key, value
                                FROM %1$s WHERE from_position <= %2$s""".formatted(ModelTable.KEY_VALUES.in(schema), position))),
                ConfigurationProjection::fold,
                schema -> RebuildFold.of(fold(schema)),
                ConfigurationProjection::accepts);
    }

    /** Returns a table with one row per service, with the position of the last fact that changed it. */
    private static ReadModelTable lastRowTable(ModelTable table) {
        return new ReadModelTable(
                table, "service COLLATE \"C\"", (schema, position) -> """
                SELECT * FROM %1$s t WHERE position <= %3$s AND NOT EXISTS (
                    SELECT 1 FROM %2$s later WHERE later.service = t.service AND later.position > %3$s)""".formatted(table.in(schema), table, position));
    }

    private static boolean accepts(Object fact) {
        return fact instanceof ConfigurationFact
                || fact instanceof KeyValueFact
                || (fact instanceof UnreadableEvent unreadable
                        && (unreadable.stream().equals(ConfigurationStream.NAME)
                                || unreadable.stream().equals(KeyValueStream.NAME)));
    }

    @EventHandler
    void on(UnreadableEvent unreadable, TrackingToken token, @Timestamp Instant at) {
        if (accepts(unreadable)) {
            collector.collect(unreadable, token, at);
        }
    }

    @EventHandler
    void on(ConfigurationFact fact, TrackingToken token, @Timestamp Instant at, @SourceId String stream) {
        collector.collect(fact, token, at, stream);
    }

    @EventHandler
    void on(KeyValueFact fact, TrackingToken token, @Timestamp Instant at, @SourceId String stream) {
        collector.collect(fact, token, at, stream);
    }
}
