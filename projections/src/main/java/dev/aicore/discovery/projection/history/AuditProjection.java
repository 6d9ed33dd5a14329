package dev.aicore.discovery.projection.history;

import dev.aicore.discovery.api.InstanceFact;
import dev.aicore.discovery.api.access.ApiKeyFact;
import dev.aicore.discovery.api.configuration.ConfigurationFact;
import dev.aicore.discovery.api.configuration.KeyValueFact;
import dev.aicore.discovery.api.deadletter.DeadLetterDropped;
import dev.aicore.discovery.api.deadletter.EventQuarantined;
import dev.aicore.discovery.api.discovery.PicksReset;
import dev.aicore.discovery.api.lease.LeasesExtended;
import dev.aicore.discovery.api.lease.SelfPreservationEntered;
import dev.aicore.discovery.api.lease.SelfPreservationExited;
import dev.aicore.discovery.eventstore.UnreadableEvent;
import dev.aicore.discovery.projection.processing.BatchFold;
import dev.aicore.discovery.projection.processing.FactBatchCollector;
import dev.aicore.discovery.projection.processing.ProjectionProcessor;
import dev.aicore.discovery.projection.processing.ReadModel;
import dev.aicore.discovery.projection.processing.ReadModelTable;
import dev.aicore.discovery.readmodel.ModelTable;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.axonframework.config.ProcessingGroup;
import org.axonframework.eventhandling.EventHandler;
import org.axonframework.eventhandling.Timestamp;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.messaging.annotation.SourceId;

/** Folds facts into {@code audit}: actor, time, source and reason of every change. */
@ProcessingGroup(ProjectionProcessor.PROCESSOR)
public final class AuditProjection {

    public static final String NAME = "audit";

    private final FactBatchCollector collector;

    public AuditProjection(FactBatchCollector collector) {
        this.collector = collector;
    }

    /**
     * Returns the fold of collected facts.
     *
     * @param schema schema of the table
     */
    public static BatchFold fold(String schema) {
        return new AuditBatchFold(new AuditRows(schema));
    }

    /** Returns the read model, for rebuilds. */
    public static ReadModel model() {
        return new ReadModel(
                NAME,
                List.of(new ReadModelTable(
                        ModelTable.AUDIT,
                        "position",
                        Set.of("audit_instance"),
                        (schema, position) -> "SELECT * FROM %s WHERE position <= %s"
                                .formatted(ModelTable.AUDIT.in(schema), position))),
                AuditProjection::fold,
                schema -> new AuditRebuildFold(new AuditRows(schema)),
                AuditBatchFold::accepts);
    }

    @EventHandler
    void on(InstanceFact fact, TrackingToken token, @Timestamp Instant at, @SourceId String shard) {
        collector.collect(fact, token, at, shard);
    }

    @EventHandler
    void on(UnreadableEvent unreadable, TrackingToken token, @Timestamp Instant at) {
        collector.collect(unreadable, token, at);
    }

    @EventHandler
    void on(ApiKeyFact access, TrackingToken token, @Timestamp Instant at, @SourceId String stream) {
        collector.collectShardFact(access, token, at, stream);
    }

    @EventHandler
    void on(ConfigurationFact fact, TrackingToken token, @Timestamp Instant at, @SourceId String stream) {
        collector.collect(fact, token, at, stream);
    }

    @EventHandler
    void on(KeyValueFact fact, TrackingToken token, @Timestamp Instant at, @SourceId String stream) {
        collector.collect(fact, token, at, stream);
    }

    @EventHandler
    void on(PicksReset reset, TrackingToken token, @Timestamp Instant at, @SourceId String shard) {
        collector.collectShardFact(reset, token, at, shard);
    }

    @EventHandler
    void on(DeadLetterDropped dropped, TrackingToken token, @Timestamp Instant at, @SourceId String shard) {
        collector.collectShardFact(dropped, token, at, shard);
    }

    @EventHandler
    void on(EventQuarantined quarantined, TrackingToken token, @Timestamp Instant at, @SourceId String stream) {
        collector.collectShardFact(quarantined, token, at, stream);
    }

    @EventHandler
    void on(SelfPreservationEntered entered, TrackingToken token, @Timestamp Instant at, @SourceId String shard) {
        collector.collectShardFact(entered, token, at, shard);
    }

    @EventHandler
    void on(SelfPreservationExited exited, TrackingToken token, @Timestamp Instant at, @SourceId String shard) {
        collector.collectShardFact(exited, token, at, shard);
    }

    @EventHandler
    void on(LeasesExtended extended, TrackingToken token, @Timestamp Instant at, @SourceId String shard) {
        collector.collectShardFact(extended, token, at, shard);
    }
}
