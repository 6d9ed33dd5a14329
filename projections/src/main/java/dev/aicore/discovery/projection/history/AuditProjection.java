package dev.aicore.discovery.projection.history;

import dev.aicore.discovery.api.access.AccessFact;
import dev.aicore.discovery.api.balancing.PicksReset;
import dev.aicore.discovery.api.configuration.ConfigurationFact;
import dev.aicore.discovery.api.instance.InstanceFact;
import dev.aicore.discovery.api.lease.PreservationEntered;
import dev.aicore.discovery.api.lease.PreservationLeft;
import dev.aicore.discovery.api.readmodel.DeadLetterDropped;
import dev.aicore.discovery.api.repair.EventQuarantined;
import dev.aicore.discovery.api.shard.LeasesGraced;
import dev.aicore.discovery.config.eventstore.UnreadableEntry;
import dev.aicore.discovery.projection.flow.BatchFold;
import dev.aicore.discovery.projection.flow.FactFlow;
import dev.aicore.discovery.projection.flow.FactIntake;
import dev.aicore.discovery.projection.flow.Model;
import dev.aicore.discovery.projection.flow.ModelTable;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.axonframework.config.ProcessingGroup;
import org.axonframework.eventhandling.EventHandler;
import org.axonframework.eventhandling.Timestamp;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.messaging.annotation.SourceId;

/** Folds facts into {@code audit}: who did what, when, from where and why. */
@ProcessingGroup(FactFlow.PROCESSOR)
public final class AuditProjection {

    public static final String NAME = "audit";

    private final FactIntake intake;

    public AuditProjection(FactIntake intake) {
        this.intake = intake;
    }

    /** What becomes of the facts that are taken in. */
    public static BatchFold fold() {
        return new EntryFold();
    }

    /** What it makes, to be built anew. */
    public static Model model() {
        return new Model(
                NAME,
                List.of(new ModelTable(
                        "audit", "position", Set.of("audit_instance"), "SELECT * FROM :s.audit WHERE position <= :p")),
                fold(),
                EntryBuild::new,
                EntryFold::takes);
    }

    @EventHandler
    void on(InstanceFact fact, TrackingToken token, @Timestamp Instant at, @SourceId String shard) {
        intake.take(fact, token, at, shard);
    }

    @EventHandler
    void on(UnreadableEntry lost, TrackingToken token, @Timestamp Instant at) {
        intake.take(lost, token, at);
    }

    @EventHandler
    void on(AccessFact access, TrackingToken token, @Timestamp Instant at, @SourceId String book) {
        intake.takeOfShard(access, token, at, book);
    }

    @EventHandler
    void on(ConfigurationFact fact, TrackingToken token, @Timestamp Instant at, @SourceId String book) {
        intake.take(fact, token, at, book);
    }

    @EventHandler
    void on(PicksReset reset, TrackingToken token, @Timestamp Instant at, @SourceId String shard) {
        intake.takeOfShard(reset, token, at, shard);
    }

    @EventHandler
    void on(DeadLetterDropped dropped, TrackingToken token, @Timestamp Instant at, @SourceId String shard) {
        intake.takeOfShard(dropped, token, at, shard);
    }

    @EventHandler
    void on(EventQuarantined quarantined, TrackingToken token, @Timestamp Instant at, @SourceId String stream) {
        intake.takeOfShard(quarantined, token, at, stream);
    }

    @EventHandler
    void on(PreservationEntered entered, TrackingToken token, @Timestamp Instant at, @SourceId String shard) {
        intake.takeOfShard(entered, token, at, shard);
    }

    @EventHandler
    void on(PreservationLeft left, TrackingToken token, @Timestamp Instant at, @SourceId String shard) {
        intake.takeOfShard(left, token, at, shard);
    }

    @EventHandler
    void on(LeasesGraced graced, TrackingToken token, @Timestamp Instant at, @SourceId String shard) {
        intake.takeOfShard(graced, token, at, shard);
    }
}
