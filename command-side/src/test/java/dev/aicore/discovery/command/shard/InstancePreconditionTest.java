package dev.aicore.discovery.command.shard;

import static dev.aicore.discovery.api.error.ErrorCode.OWNED_BY_ANOTHER;
import static dev.aicore.discovery.api.error.ErrorCode.PRECONDITION_FAILED;
import static dev.aicore.discovery.api.error.ErrorCode.UNKNOWN_INSTANCE;
import static dev.aicore.discovery.command.shard.ShardFixture.given;
import static dev.aicore.discovery.command.shard.ShardSamples.NOON;
import static dev.aicore.discovery.command.shard.ShardSamples.after;
import static dev.aicore.discovery.command.shard.ShardSamples.by;
import static dev.aicore.discovery.command.shard.ShardSamples.declaration;
import static dev.aicore.discovery.command.shard.ShardSamples.expired;
import static dev.aicore.discovery.command.shard.ShardSamples.maintained;
import static dev.aicore.discovery.command.shard.ShardSamples.registered;
import static dev.aicore.discovery.command.shard.ShardSamples.removed;
import static dev.aicore.discovery.command.shard.ShardSamples.turned;
import static dev.aicore.discovery.command.shard.ShardSamples.updated;

import dev.aicore.discovery.api.EventMetadata;
import dev.aicore.discovery.api.Outcome.Change;
import dev.aicore.discovery.api.health.HealthState;
import dev.aicore.discovery.api.instance.AdminState;
import dev.aicore.discovery.api.instance.DeregisterInstance;
import dev.aicore.discovery.api.instance.InstanceDeregistered;
import dev.aicore.discovery.api.instance.InstanceETag;
import dev.aicore.discovery.api.instance.InstancePrecondition;
import dev.aicore.discovery.api.instance.RegisterInstance;
import dev.aicore.discovery.api.instance.UpdateInstance;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class InstancePreconditionTest {

    private static final String FIRST = InstanceETag.of(NOON, 1);
    private static final String SECOND = InstanceETag.of(NOON, 2);

    @Test
    void command_withStaleETag_isRefused() {
        given(registered("a", 0), maintained("a"))
                .when(after(5), lighter(FIRST), deregister(FIRST), lighter(), deregister())
                .nothing()
                .refusals(PRECONDITION_FAILED, PRECONDITION_FAILED, PRECONDITION_FAILED, PRECONDITION_FAILED);
    }

    @Test
    void command_withOneMatchingETag_isAccepted() {
        given(registered("a", 0), maintained("a"))
                .when(after(5), lighter(FIRST, SECOND))
                .events(updated(
                        "a", 3, declaration(50), AdminState.MAINTENANCE, List.of("weight"), after(5), by("ann")));
        given(registered("a", 0))
                .when(after(5), deregister(FIRST))
                .events(new InstanceDeregistered("a", "orders", after(5), by("ann")));
    }

    @Test
    void commands_withEqualETag_onlyFirstIsAccepted() {
        given(registered("a", 0))
                .when(after(5), lighter(FIRST), deregister(FIRST))
                .events(updated("a", 2, declaration(50), AdminState.ACTIVE, List.of("weight"), after(5), by("ann")));
    }

    @Test
    void leaseAndHealth_doNotChangeETag() {
        given(
                        registered("a", 0),
                        turned("a", HealthState.HEALTHY, HealthState.UNHEALTHY, 1, "It said so.", after(1), by("ann")),
                        expired("a"))
                .when(after(40), lighter(FIRST))
                .events(updated("a", 2, declaration(50), AdminState.ACTIVE, List.of("weight"), after(40), by("ann")));
    }

    @Test
    void reregisteredId_hasNewETag() {
        given(registered("a", 0), new InstanceDeregistered("a", "orders", after(5), by("ann")))
                .after(after(6), onlyNew(by("ann")))
                .when(after(7), lighter(FIRST))
                .nothing()
                .refusals(PRECONDITION_FAILED);
    }

    @Test
    void registration_requiringNewInstance_isRefusedIfPresent() {
        given(registered("a", 0)).when(after(1), onlyNew(by("ann"))).nothing().refusals(PRECONDITION_FAILED);
        given(registered("a", 0), expired("a"))
                .when(after(40), onlyNew(by("ann")))
                .nothing()
                .refusals(PRECONDITION_FAILED);
        given().when(NOON, onlyNew(by("ann"))).changes(Change.CREATED);
        given(registered("a", 0), expired("a"), removed("a"))
                .when(after(100), onlyNew(by("ann")))
                .changes(Change.REVIVED);
    }

    @Test
    void command_byNonOwner_isRefusedBeforePrecondition() {
        var update = new UpdateInstance(
                "a", null, UpdateInstance.NO_PATCH, AdminState.DRAINING, new InstancePrecondition(Set.of()), by("bob"));
        given(registered("a", 0))
                .when(after(1), update, onlyNew(by("bob")))
                .nothing()
                .refusals(OWNED_BY_ANOTHER, OWNED_BY_ANOTHER);
    }

    @Test
    void command_ofUnknownInstance_isRefusedBeforePrecondition() {
        given().when(NOON, lighter(FIRST), deregister(FIRST)).nothing().refusals(UNKNOWN_INSTANCE, UNKNOWN_INSTANCE);
    }

    private static RegisterInstance onlyNew(EventMetadata metadata) {
        return new RegisterInstance("a", declaration(100), HealthState.HEALTHY, true, metadata);
    }

    private static UpdateInstance lighter(String... tags) {
        return new UpdateInstance(
                "a", null, "{\"weight\":50}", null, new InstancePrecondition(Set.of(tags)), by("ann"));
    }

    private static DeregisterInstance deregister(String... tags) {
        return new DeregisterInstance("a", new InstancePrecondition(Set.of(tags)), by("ann"));
    }
}
