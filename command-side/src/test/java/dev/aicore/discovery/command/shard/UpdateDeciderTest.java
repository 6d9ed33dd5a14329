package dev.aicore.discovery.command.shard;

import static dev.aicore.discovery.api.error.ErrorCode.INSTANCE_DEREGISTERED;
import static dev.aicore.discovery.api.error.ErrorCode.NAME_IMMUTABLE;
import static dev.aicore.discovery.api.error.ErrorCode.OWNED_BY_ANOTHER;
import static dev.aicore.discovery.api.error.ErrorCode.UNKNOWN_FIELD;
import static dev.aicore.discovery.api.error.ErrorCode.UNKNOWN_INSTANCE;
import static dev.aicore.discovery.api.error.ErrorCode.VALIDATION_FAILED;
import static dev.aicore.discovery.command.shard.ShardFixture.given;
import static dev.aicore.discovery.command.shard.ShardSamples.GRACE_PERIOD;
import static dev.aicore.discovery.command.shard.ShardSamples.NOON;
import static dev.aicore.discovery.command.shard.ShardSamples.TTL;
import static dev.aicore.discovery.command.shard.ShardSamples.after;
import static dev.aicore.discovery.command.shard.ShardSamples.by;
import static dev.aicore.discovery.command.shard.ShardSamples.check;
import static dev.aicore.discovery.command.shard.ShardSamples.declaration;
import static dev.aicore.discovery.command.shard.ShardSamples.expire;
import static dev.aicore.discovery.command.shard.ShardSamples.expired;
import static dev.aicore.discovery.command.shard.ShardSamples.heartbeat;
import static dev.aicore.discovery.command.shard.ShardSamples.maintained;
import static dev.aicore.discovery.command.shard.ShardSamples.observed;
import static dev.aicore.discovery.command.shard.ShardSamples.register;
import static dev.aicore.discovery.command.shard.ShardSamples.registered;
import static dev.aicore.discovery.command.shard.ShardSamples.removed;
import static dev.aicore.discovery.command.shard.ShardSamples.update;
import static dev.aicore.discovery.command.shard.ShardSamples.updated;

import dev.aicore.discovery.api.Outcome;
import dev.aicore.discovery.api.Outcome.Change;
import dev.aicore.discovery.api.health.BreakerState;
import dev.aicore.discovery.api.health.HealthState;
import dev.aicore.discovery.api.instance.AdminState;
import dev.aicore.discovery.api.instance.Declaration;
import dev.aicore.discovery.api.instance.InstanceDeregistered;
import dev.aicore.discovery.api.instance.InstancePrecondition;
import dev.aicore.discovery.api.instance.InstanceRevived;
import dev.aicore.discovery.api.instance.InstanceState;
import dev.aicore.discovery.api.instance.UpdateInstance;
import dev.aicore.discovery.api.lease.Lease;
import dev.aicore.discovery.api.lease.Lease.Phase;
import dev.aicore.discovery.api.lease.LeaseState;
import dev.aicore.discovery.api.shard.CommandResult;
import dev.aicore.discovery.api.shard.ObservationKind;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class UpdateDeciderTest {

    private static final String LIGHTER = "{\"weight\":50}";

    @Test
    void update_ofStatusAndWeight_isOneFact() {
        given(registered("a", 0))
                .when(after(10), update("a", LIGHTER, AdminState.MAINTENANCE, by("ann")))
                .events(updated(
                        "a",
                        2,
                        declaration(50),
                        AdminState.MAINTENANCE,
                        List.of("status", "weight"),
                        after(10),
                        by("ann")))
                .answers(live(Change.UPDATED, 2, declaration(50), AdminState.MAINTENANCE, after(10), after(10), 0));
    }

    @Test
    void update_withoutChange_recordsNothing() {
        given(registered("a", 0), maintained("a"))
                .when(after(10), update("a", "{\"weight\":100}", AdminState.MAINTENANCE, by("ann")))
                .nothing()
                .answers(live(Change.UNCHANGED, 2, declaration(100), AdminState.MAINTENANCE, after(1), after(1), -1));
        given(registered("a", 0))
                .when(after(10), update("a", "{}", null, by("ann")))
                .nothing();
    }

    @Test
    void update_withNullMember_restoresDefault() {
        var before = declaration("orders", 50, 5, check(3, 2));
        var after = declaration("orders", 100, 5, null);
        given(registered("a", 0, before))
                .when(after(1), update("a", "{\"weight\":null,\"health_check\":null}", null, by("ann")))
                .events(updated(
                        "a", 2, after, AdminState.ACTIVE, List.of("weight", "health_check"), after(1), by("ann")));
    }

    @Test
    void update_byNonOwner_isRefused() {
        given(registered("a", 0))
                .when(after(1), update("a", LIGHTER, AdminState.MAINTENANCE, by("bob")))
                .nothing()
                .refusals(OWNED_BY_ANOTHER);
    }

    @Test
    void adminUpdate_keepsOwner() {
        given(registered("a", 0))
                .when(after(1), update("a", "{}", AdminState.DRAINING, by("root", "admin")))
                .events(updated(
                        "a",
                        2,
                        declaration(100),
                        AdminState.DRAINING,
                        List.of("status"),
                        after(1),
                        by("root", "admin")))
                .answers(live(Change.UPDATED, 2, declaration(100), AdminState.DRAINING, after(1), after(1), 0));
    }

    @Test
    void update_withOtherServiceName_isRefused() {
        given(registered("a", 0))
                .when(after(1), named("billing"), named("orders"))
                .events(updated("a", 2, declaration(50), AdminState.ACTIVE, List.of("weight"), after(1), by("ann")));
        given(registered("a", 0)).when(after(1), named("billing")).nothing().refusals(NAME_IMMUTABLE);
    }

    @Test
    void update_yieldingInvalidDeclaration_isRefused() {
        given(registered("a", 0, declaration("orders", 100, 0, check(3, 2))))
                .when(
                        after(1),
                        update("a", "{\"health_check\":null}", null, by("ann")),
                        update("a", "{\"address\":null}", null, by("ann")),
                        update("a", "{\"metadata\":{\"k\":1}}", null, by("ann")),
                        update("a", "{\"health_check\":{\"period\":1}}", null, by("ann")))
                .nothing()
                .refusals(VALIDATION_FAILED, VALIDATION_FAILED, VALIDATION_FAILED, UNKNOWN_FIELD);
    }

    @Test
    void update_ofMissingInstance_isRefused() {
        var command = update("a", LIGHTER, null, by("ann"));
        given().when(NOON, command).nothing().refusals(UNKNOWN_INSTANCE);
        given(registered("a", 0), expired("a"), removed("a"))
                .when(after(100), command)
                .nothing()
                .refusals(UNKNOWN_INSTANCE);
        given(registered("a", 0), new InstanceDeregistered("a", "orders", after(5), by("ann")))
                .when(after(6), command)
                .nothing()
                .refusals(INSTANCE_DEREGISTERED);
    }

    @Test
    void update_renewsLiveLease() {
        given(registered("a", 0))
                .after(after(20), update("a", LIGHTER, null, by("ann")))
                .when(after(TTL), expire(after(TTL), "a"))
                .nothing()
                .leases(new Lease("a", 0, Phase.LIVE, after(20 + TTL).toEpochMilli()));
    }

    @Test
    void update_ofExpiredInstance_neitherRevivesNorDelaysRemoval() {
        var removal = after(TTL).plus(GRACE_PERIOD);
        given(registered("a", 0), expired("a"))
                .when(after(40), update("a", "{}", AdminState.MAINTENANCE, by("ann")))
                .events(updated(
                        "a", 2, declaration(100), AdminState.MAINTENANCE, List.of("status"), after(40), by("ann")))
                .answers(new CommandResult(
                        new Outcome.Stored(
                                Change.UPDATED,
                                "ann",
                                2,
                                declaration(100),
                                state(AdminState.MAINTENANCE, LeaseState.EXPIRED),
                                NOON,
                                after(40),
                                NOON,
                                new Lease("a", 0, Phase.EXPIRED, removal.toEpochMilli())),
                        0));
        given(registered("a", 0), expired("a"))
                .after(after(40), update("a", "{}", AdminState.MAINTENANCE, by("ann")))
                .when(removal, expire(removal, "a"))
                .events(removed("a"));
    }

    @Test
    void heartbeat_afterRemoval_keepsMaintenance() {
        given(registered("a", 0), maintained("a"), expired("a"), removed("a"))
                .after(after(100), heartbeat("a"))
                .when(after(101), update("a", "{}", null, by("ann")))
                .nothing()
                .answers(new CommandResult(
                        held(Change.UNCHANGED, 2, declaration(100), AdminState.MAINTENANCE, after(100), after(100), 1),
                        -1));
    }

    @Test
    void reregistration_keepsMaintenance() {
        given(registered("a", 0), maintained("a"))
                .when(after(10), register("a", declaration(50), by("ann")))
                .events(updated(
                        "a", 3, declaration(50), AdminState.MAINTENANCE, List.of("weight"), after(10), by("ann")));
        given(registered("a", 0), maintained("a"), expired("a"), removed("a"))
                .when(after(100), register("a", declaration(50), by("ann")))
                .events(
                        new InstanceRevived(
                                "a", 1, 0, 2, declaration(100), after(100), "It registered again.", by("ann")),
                        updated(
                                "a",
                                3,
                                declaration(50),
                                AdminState.MAINTENANCE,
                                List.of("weight"),
                                after(100),
                                by("ann")));
    }

    @Test
    void update_afterHeartbeatInBatch_isRecordedAfterObservation() {
        given(registered("a", 0))
                .when(after(10), heartbeat("a"), update("a", LIGHTER, null, by("ann")))
                .events(
                        observed(after(10), 0, ObservationKind.RENEWED),
                        updated("a", 2, declaration(50), AdminState.ACTIVE, List.of("weight"), after(10), by("ann")));
    }

    private static UpdateInstance named(String name) {
        return new UpdateInstance("a", name, LIGHTER, null, InstancePrecondition.NONE, by("ann"));
    }

    private static InstanceState state(AdminState adminState, LeaseState lease) {
        return new InstanceState(adminState, lease, HealthState.HEALTHY, BreakerState.CLOSED);
    }

    private static CommandResult live(
            Change change,
            int version,
            Declaration declaration,
            AdminState adminState,
            Instant changed,
            Instant heard,
            int event) {
        return new CommandResult(held(change, version, declaration, adminState, changed, heard, 0), event);
    }

    private static Outcome held(
            Change change,
            int version,
            Declaration declaration,
            AdminState adminState,
            Instant changed,
            Instant heard,
            int slot) {
        return new Outcome.Stored(
                change,
                "ann",
                version,
                declaration,
                state(adminState, LeaseState.LIVE),
                NOON,
                changed,
                heard,
                new Lease("a", slot, Phase.LIVE, heard.plusSeconds(TTL).toEpochMilli()));
    }
}
