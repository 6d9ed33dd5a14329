package dev.aicore.discovery.command.shard;

import static dev.aicore.discovery.command.shard.Samples.NOON;
import static dev.aicore.discovery.command.shard.Samples.after;
import static dev.aicore.discovery.command.shard.Samples.by;
import static dev.aicore.discovery.command.shard.Samples.declaration;
import static dev.aicore.discovery.command.shard.Samples.registered;
import static dev.aicore.discovery.command.shard.Samples.update;
import static dev.aicore.discovery.command.shard.Samples.updated;
import static dev.aicore.discovery.command.shard.ShardFixture.given;

import dev.aicore.discovery.api.Envelope;
import dev.aicore.discovery.api.error.ErrorCode;
import dev.aicore.discovery.api.instance.Declared;
import dev.aicore.discovery.api.instance.Health;
import dev.aicore.discovery.api.instance.InstanceDeregistered;
import dev.aicore.discovery.api.instance.InstanceRegistered;
import dev.aicore.discovery.api.instance.InstanceTag;
import dev.aicore.discovery.api.shard.DeregisterInstance;
import dev.aicore.discovery.api.shard.Difference;
import dev.aicore.discovery.api.shard.Outcome;
import dev.aicore.discovery.api.shard.Outcome.Restored.Brought;
import dev.aicore.discovery.api.shard.Precondition;
import dev.aicore.discovery.api.shard.RegisterInstance;
import dev.aicore.discovery.api.shard.RestorePoint;
import dev.aicore.discovery.api.shard.RestoreService;
import dev.aicore.discovery.api.shard.RestoreService.Step;
import dev.aicore.discovery.api.shard.UpdateInstance;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RestoreTest {

    private static final Envelope ROOT = by("root", "admin");
    private static final RestorePoint POINT = new RestorePoint("orders", 9, NOON, "0f5d", 1);
    private static final String TAG = InstanceTag.of(NOON, 1);

    @Test
    void allOfItIsDecidedAtOnceAndTheAnswerNamesItsLastFact() {
        given(registered("b", 0), registered("c", 1), registered("d", 2))
                .when(
                        after(10),
                        restore(
                                new Step("a", Difference.MISSING, List.of(registration("a"), maintenance("a"))),
                                new Step("b", Difference.CHANGED, List.of(update("b", "{\"weight\":50}", null, ROOT))),
                                new Step("c", Difference.ADDED, List.of(deregistration("c", null))),
                                new Step("d", Difference.ADDED, List.of())))
                .events(
                        new InstanceRegistered("a", 3, 0, "ann", declaration(100), Health.HEALTHY, after(10), ROOT),
                        updated("a", 2, declaration(100), Declared.MAINTENANCE, List.of("status"), after(10), ROOT),
                        updated("b", 2, declaration(50), Declared.ACTIVE, List.of("weight"), after(10), ROOT),
                        new InstanceDeregistered("c", "orders", after(10), ROOT))
                .brought(
                        3,
                        new Brought("a", Difference.MISSING, "restored", null),
                        new Brought("b", Difference.CHANGED, "reverted", null),
                        new Brought("c", Difference.ADDED, "deregistered", null),
                        new Brought("d", Difference.ADDED, "skipped", null));
    }

    @Test
    void whatMovedOnIsRefusedAndTakesNothingFromTheOthers() {
        given(registered("a", 0), registered("b", 1))
                .when(
                        after(10),
                        restore(
                                new Step("a", Difference.MISSING, List.of(registration("a"), maintenance("a"))),
                                new Step("b", Difference.ADDED, List.of(deregistration("b", "another")))))
                .nothing()
                .brought(
                        -1,
                        new Brought(
                                "a",
                                Difference.MISSING,
                                "precondition_failed",
                                "The instance 'a' is registered already, with the entity tag " + TAG + "."),
                        new Brought(
                                "b",
                                Difference.ADDED,
                                "precondition_failed",
                                "The instance 'b' has the entity tag " + TAG + " now."));
    }

    @Test
    void whatCantBeDecidedAtAllIsToldAsItsOutcome() {
        var refused = new Outcome.Refused(ErrorCode.NAME_IMMUTABLE, "It is another service's.");
        given().when(after(10), restore(new Step("a", Difference.MISSING, List.of(), refused)))
                .nothing()
                .brought(-1, new Brought("a", Difference.MISSING, "name_immutable", "It is another service's."));
    }

    private static RestoreService restore(Step... steps) {
        return new RestoreService(POINT, List.of(steps), ROOT);
    }

    private static RegisterInstance registration(String id) {
        return new RegisterInstance(id, declaration(100), Health.HEALTHY, true, "ann", ROOT);
    }

    private static UpdateInstance maintenance(String id) {
        return update(id, "{}", Declared.MAINTENANCE, ROOT);
    }

    private static DeregisterInstance deregistration(String id, @Nullable String tag) {
        return new DeregisterInstance(id, new Precondition(tag == null ? null : Set.of(tag)), ROOT);
    }
}
