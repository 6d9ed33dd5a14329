package dev.aicore.discovery.projection.instance;

import dev.aicore.discovery.api.InstanceFact;
import dev.aicore.discovery.api.instance.Declaration;
import dev.aicore.discovery.eventstore.UnreadableEvent;
import dev.aicore.discovery.eventstore.wire.WireJson;
import dev.aicore.discovery.projection.processing.BatchFold;
import dev.aicore.discovery.projection.processing.FactBatchCollector;
import dev.aicore.discovery.projection.processing.ProjectionProcessor;
import dev.aicore.discovery.projection.processing.ReadModel;
import dev.aicore.discovery.projection.processing.ReadModelTable;
import dev.aicore.discovery.readmodel.ModelTable;
import java.time.Instant;
import java.util.List;
import org.axonframework.config.ProcessingGroup;
import org.axonframework.eventhandling.EventHandler;
import org.axonframework.eventhandling.Timestamp;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.messaging.annotation.SourceId;

/** Folds facts into {@code instances}, the current state, and {@code instance_versions}, the state at each position. */
@ProcessingGroup(ProjectionProcessor.PROCESSOR)
public final class InstanceProjection {

    public static final String NAME = "instances";

    private final FactBatchCollector collector;

    public InstanceProjection(FactBatchCollector collector) {
        this.collector = collector;
    }

    /**
     * Returns the fold of collected facts.
     *
     * @param schema schema of the tables
     */
    public static BatchFold fold(String schema) {
        return new InstanceBatchFold(instances(), new InstanceRows(schema));
    }

    /** Returns the read model, for rebuilds. */
    public static ReadModel model() {
        return new ReadModel(
                NAME,
                List.of(
                        new ReadModelTable(
                                ModelTable.INSTANCE_VERSIONS, "id COLLATE \"C\", from_position", (schema, position) ->
                                        """
                                SELECT from_position, CASE WHEN to_position <= %2$s THEN to_position END AS to_position, from_at,
                                       CASE WHEN to_position <= %2$s THEN to_at END AS to_at, slot_position, registered_at,
                                       updated_at, lease_changed_at, health_changed_at, slot, declaration_version, shard, id,
                                       service, namespace, owner, declared, lease, health, breaker, gone, declaration
                                FROM %1$s WHERE from_position <= %2$s""".formatted(ModelTable.INSTANCE_VERSIONS.in(schema), position)),
                        new ReadModelTable(
                                ModelTable.INSTANCES, "id COLLATE \"C\"", (schema, position) -> """
                                SELECT * FROM %1$s i WHERE position <= %3$s AND NOT EXISTS (
                                    SELECT 1 FROM %2$s v WHERE v.id = i.id AND v.from_position > %3$s)""".formatted(
                                        ModelTable.INSTANCES.in(schema), ModelTable.INSTANCE_VERSIONS, position))),
                InstanceProjection::fold,
                schema -> new InstanceRebuildFold(instances(), new InstanceRows(schema)),
                InstanceProjection::accepts);
    }

    @EventHandler
    void on(InstanceFact fact, TrackingToken token, @Timestamp Instant at, @SourceId String shard) {
        collector.collect(fact, token, at, shard);
    }

    @EventHandler
    void on(UnreadableEvent unreadable, TrackingToken token, @Timestamp Instant at) {
        if (accepts(unreadable)) {
            collector.collect(unreadable, token, at);
        }
    }

    /**
     * Decides whether the projection folds the event. Of an unreadable event only the stream is trusted: its type and
     * instance may be corrupt.
     */
    private static boolean accepts(Object fact) {
        return fact instanceof InstanceFact
                || (fact instanceof UnreadableEvent unreadable && unreadable.isShardEvent());
    }

    private static InstanceFold instances() {
        return new InstanceFold(InstanceProjection::json);
    }

    private static String json(Declaration declaration) {
        return WireJson.mapper().writeValueAsString(declaration);
    }
}
