package dev.aicore.discovery.projection.instance;

import dev.aicore.discovery.api.instance.Declaration;
import dev.aicore.discovery.api.instance.InstanceFact;
import dev.aicore.discovery.config.eventstore.wire.WireJson;
import dev.aicore.discovery.projection.flow.BatchFold;
import dev.aicore.discovery.projection.flow.FactIntake;
import java.time.Instant;
import org.axonframework.config.ProcessingGroup;
import org.axonframework.eventhandling.EventHandler;
import org.axonframework.eventhandling.Timestamp;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.messaging.annotation.SourceId;

/** Folds facts into {@code instances}, what there is now, and {@code instance_versions}, what there was at each position. */
@ProcessingGroup(InstanceProjection.NAME)
public final class InstanceProjection {

    public static final String NAME = "instances";

    private final FactIntake intake;

    public InstanceProjection(FactIntake intake) {
        this.intake = intake;
    }

    /** What becomes of the facts that are taken in. */
    public static BatchFold fold() {
        return new VersionFold(new InstanceFold(InstanceProjection::json));
    }

    @EventHandler
    void on(InstanceFact fact, TrackingToken token, @Timestamp Instant at, @SourceId String shard) {
        intake.take(fact, token, at, shard);
    }

    private static String json(Declaration declaration) {
        return WireJson.mapper().writeValueAsString(declaration);
    }
}
