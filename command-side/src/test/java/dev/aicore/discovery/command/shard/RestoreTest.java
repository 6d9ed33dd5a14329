package dev.aicore.discovery.command.shard;

import static dev.aicore.discovery.command.shard.ShardFixture.given;
import static dev.aicore.discovery.command.shard.ShardSamples.NOON;
import static dev.aicore.discovery.command.shard.ShardSamples.after;
import static dev.aicore.discovery.command.shard.ShardSamples.by;
import static dev.aicore.discovery.command.shard.ShardSamples.declaration;
import static dev.aicore.discovery.command.shard.ShardSamples.registered;
import static dev.aicore.discovery.command.shard.ShardSamples.update;
import static dev.aicore.discovery.command.shard.ShardSamples.updated;

import dev.aicore.discovery.api.EventMetadata;
import dev.aicore.discovery.api.Outcome;
import dev.aicore.discovery.api.Outcome.Restored.RestoredInstance;
import dev.aicore.discovery.api.error.ErrorCode;
import dev.aicore.discovery.api.health.HealthState;
import dev.aicore.discovery.api.instance.AdminState;
import dev.aicore.discovery.api.instance.DeregisterInstance;
import dev.aicore.discovery.api.instance.InstanceDeregistered;
import dev.aicore.discovery.api.instance.InstanceETag;
import dev.aicore.discovery.api.instance.InstancePrecondition;
import dev.aicore.discovery.api.instance.InstanceRegistered;
import dev.aicore.discovery.api.instance.RegisterInstance;
import dev.aicore.discovery.api.instance.UpdateInstance;
import dev.aicore.discovery.api.restore.RestoreAction;
import dev.aicore.discovery.api.restore.RestoreServiceInstances;
import dev.aicore.discovery.api.restore.RestoreServiceInstances.RestorePoint;
import dev.aicore.discovery.api.restore.RestoreServiceInstances.Step;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RestoreTest {

    private static final EventMetadata ROOT = by("root", "admin");
    private static final RestorePoint POINT = new RestorePoint("orders", 9, NOON, "0f5d", 1);
    private static final String TAG = InstanceETag.of(NOON, 1);

    @Test
    void restore_decidesAllStepsAtOnce() {
        given(registered("b", 0), registered("c", 1), registered("d", 2))
                .when(
                        after(10),
                        restore(
                                new Step("a", RestoreAction.MISSING, List.of(registration("a"), maintenance("a"))),
                                new Step(
                                        "b",
                                        RestoreAction.CHANGED,
                                        List.of(update("b", "{\"weight\":50}", null, ROOT))),
                                new Step("c", RestoreAction.ADDED, List.of(deregistration("c", null))),
                                new Step("d", RestoreAction.ADDED, List.of())))
                .events(
                        new InstanceRegistered(
                                "a", 3, 0, "ann", declaration(100), HealthState.HEALTHY, after(10), ROOT),
                        updated("a", 2, declaration(100), AdminState.MAINTENANCE, List.of("status"), after(10), ROOT),
                        updated("b", 2, declaration(50), AdminState.ACTIVE, List.of("weight"), after(10), ROOT),
                        new InstanceDeregistered("c", "orders", after(10), ROOT))
                .restored(
                        3,
                        new RestoredInstance("a", RestoreAction.MISSING, "restored", null),
                        new RestoredInstance("b", RestoreAction.CHANGED, "reverted", null),
                        new RestoredInstance("c", RestoreAction.ADDED, "deregistered", null),
                        new RestoredInstance("d", RestoreAction.ADDED, "skipped", null));
    }

    @Test
    void restoreStep_withFailedPrecondition_isRefused() {
        given(registered("a", 0), registered("b", 1))
                .when(
                        after(10),
                        restore(
                                new Step("a", RestoreAction.MISSING, List.of(registration("a"), maintenance("a"))),
                                new Step("b", RestoreAction.ADDED, List.of(deregistration("b", "another")))))
                .nothing()
                .restored(
                        -1,
                        new RestoredInstance(
                                "a",
                                RestoreAction.MISSING,
                                "precondition_failed",
                                "The instance 'a' is registered already, with the entity tag " + TAG + "."),
                        new RestoredInstance(
                                "b",
                                RestoreAction.ADDED,
                                "precondition_failed",
                                "The instance 'b' now has the entity tag " + TAG + "."));
    }

    @Test
    void refusedRestoreStep_returnsRefusalAsOutcome() {
        var refused = new Outcome.Refused(ErrorCode.NAME_IMMUTABLE, "It is another service's.");
        given().when(after(10), restore(new Step("a", RestoreAction.MISSING, List.of(), refused)))
                .nothing()
                .restored(
                        -1,
                        new RestoredInstance("a", RestoreAction.MISSING, "name_immutable", "It is another service's."));
    }

    private static RestoreServiceInstances restore(Step... steps) {
        return new RestoreServiceInstances(POINT, List.of(steps), ROOT);
    }

    private static RegisterInstance registration(String id) {
        return new RegisterInstance(id, declaration(100), HealthState.HEALTHY, true, "ann", ROOT);
    }

    private static UpdateInstance maintenance(String id) {
        return update(id, "{}", AdminState.MAINTENANCE, ROOT);
    }

    private static DeregisterInstance deregistration(String id, @Nullable String tag) {
        return new DeregisterInstance(id, new InstancePrecondition(tag == null ? null : Set.of(tag)), ROOT);
    }
}
