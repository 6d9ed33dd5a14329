package dev.aicore.discovery.projection.instance;

import dev.aicore.discovery.api.instance.Declaration;
import dev.aicore.discovery.api.instance.InstanceFact;
import dev.aicore.discovery.config.eventstore.UnreadableEntry;
import dev.aicore.discovery.config.eventstore.wire.WireJson;
import dev.aicore.discovery.projection.flow.BatchFold;
import dev.aicore.discovery.projection.flow.FactFlow;
import dev.aicore.discovery.projection.flow.FactIntake;
import dev.aicore.discovery.projection.flow.Model;
import dev.aicore.discovery.projection.flow.ModelTable;
import java.time.Instant;
import java.util.List;
import org.axonframework.config.ProcessingGroup;
import org.axonframework.eventhandling.EventHandler;
import org.axonframework.eventhandling.Timestamp;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.messaging.annotation.SourceId;

/** Folds facts into {@code instances}, what there is now, and {@code instance_versions}, what there was at each position. */
@ProcessingGroup(FactFlow.PROCESSOR)
public final class InstanceProjection {

    public static final String NAME = "instances";

    private final FactIntake intake;

    public InstanceProjection(FactIntake intake) {
        this.intake = intake;
    }

    /** What becomes of the facts that are taken in. */
    public static BatchFold fold() {
        return new VersionFold(instances());
    }

    /** What it makes, to be built anew. */
    public static Model model() {
        return new Model(
                NAME,
                List.of(
                        new ModelTable("instance_versions", "id COLLATE \"C\", from_position", """
                                SELECT from_position, CASE WHEN to_position <= :p THEN to_position END AS to_position, from_at,
                                       CASE WHEN to_position <= :p THEN to_at END AS to_at, slot_position, registered_at,
                                       updated_at, lease_changed_at, health_changed_at, slot, declaration_version, shard, id,
                                       service, namespace, owner, declared, lease, health, breaker, gone, declaration
                                FROM :s.instance_versions WHERE from_position <= :p"""),
                        new ModelTable("instances", "id COLLATE \"C\"", """
                                SELECT * FROM :s.instances i WHERE position <= :p AND NOT EXISTS (
                                    SELECT 1 FROM models.instance_versions v WHERE v.id = i.id AND v.from_position > :p)""")),
                fold(),
                () -> new VersionBuild(instances()),
                InstanceProjection::takes);
    }

    @EventHandler
    void on(InstanceFact fact, TrackingToken token, @Timestamp Instant at, @SourceId String shard) {
        intake.take(fact, token, at, shard);
    }

    @EventHandler
    void on(UnreadableEntry lost, TrackingToken token, @Timestamp Instant at) {
        if (takes(lost)) {
            intake.take(lost, token, at);
        }
    }

    /** Of what can't be read only the stream is trusted: neither its type nor its instance may be what was written. */
    private static boolean takes(Object fact) {
        return fact instanceof InstanceFact || (fact instanceof UnreadableEntry lost && lost.isOfShard());
    }

    private static InstanceFold instances() {
        return new InstanceFold(InstanceProjection::json);
    }

    private static String json(Declaration declaration) {
        return WireJson.mapper().writeValueAsString(declaration);
    }
}
