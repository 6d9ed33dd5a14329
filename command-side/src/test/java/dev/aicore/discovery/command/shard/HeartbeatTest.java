package dev.aicore.discovery.command.shard;

import static dev.aicore.discovery.api.error.ErrorCode.INSTANCE_DEREGISTERED;
import static dev.aicore.discovery.api.error.ErrorCode.OWNED_BY_ANOTHER;
import static dev.aicore.discovery.api.error.ErrorCode.UNKNOWN_INSTANCE;
import static dev.aicore.discovery.api.shard.ObservationKind.CONNECTIONS_REPORTED;
import static dev.aicore.discovery.api.shard.ObservationKind.LIST_REPORTED;
import static dev.aicore.discovery.api.shard.ObservationKind.RENEWED;
import static dev.aicore.discovery.api.shard.ObservationKind.REPORTED_HEALTHY;
import static dev.aicore.discovery.api.shard.ObservationKind.REPORTED_UNHEALTHY;
import static dev.aicore.discovery.command.shard.ShardFixture.given;
import static dev.aicore.discovery.command.shard.ShardSamples.NOON;
import static dev.aicore.discovery.command.shard.ShardSamples.REVIVE_WINDOW;
import static dev.aicore.discovery.command.shard.ShardSamples.TTL;
import static dev.aicore.discovery.command.shard.ShardSamples.after;
import static dev.aicore.discovery.command.shard.ShardSamples.by;
import static dev.aicore.discovery.command.shard.ShardSamples.declaration;
import static dev.aicore.discovery.command.shard.ShardSamples.expired;
import static dev.aicore.discovery.command.shard.ShardSamples.heartbeat;
import static dev.aicore.discovery.command.shard.ShardSamples.observe;
import static dev.aicore.discovery.command.shard.ShardSamples.observed;
import static dev.aicore.discovery.command.shard.ShardSamples.registered;
import static dev.aicore.discovery.command.shard.ShardSamples.removed;
import static dev.aicore.discovery.command.shard.ShardSamples.turned;
import static dev.aicore.discovery.command.shard.ShardSamples.updated;

import dev.aicore.discovery.api.EventMetadata;
import dev.aicore.discovery.api.Outcome;
import dev.aicore.discovery.api.error.FieldError;
import dev.aicore.discovery.api.health.CheckResult;
import dev.aicore.discovery.api.health.HealthState;
import dev.aicore.discovery.api.instance.AdminState;
import dev.aicore.discovery.api.instance.InstanceDeregistered;
import dev.aicore.discovery.api.instance.InstanceRegistered;
import dev.aicore.discovery.api.instance.InstanceRevived;
import dev.aicore.discovery.api.lease.Lease;
import dev.aicore.discovery.api.lease.Lease.Phase;
import dev.aicore.discovery.api.lease.RenewLease;
import dev.aicore.discovery.api.lease.RenewLeases;
import dev.aicore.discovery.api.shard.CommandResult;
import dev.aicore.discovery.api.shard.ListReport;
import dev.aicore.discovery.api.shard.ObservationPacker;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class HeartbeatTest {

    private static CommandResult renewed(String id, int slot, Instant at, boolean revived) {
        long due = at.plusSeconds(TTL).toEpochMilli();
        return new CommandResult(new Outcome.Renewed(new Lease(id, slot, Phase.LIVE, due), revived), 0);
    }

    private static InstanceRevived revived(int slot, Instant at, EventMetadata metadata) {
        return new InstanceRevived("a", slot, 0, 1, declaration(100), at, "It sent a heartbeat.", metadata);
    }

    @Test
    void heartbeat_renewsLiveLease() {
        given(registered("a", 0))
                .when(after(10), heartbeat("a"))
                .events(observed(after(10), 0, RENEWED))
                .answers(renewed("a", 0, after(10), false));
    }

    @Test
    void heartbeats_ofOneBatch_areRecordedAsOneEvent() {
        var both = new ObservationPacker(after(10).toEpochMilli());
        observe(both, 0, RENEWED);
        observe(both, 1, RENEWED);
        given(registered("a", 0), registered("b", 1))
                .when(after(10), heartbeat("a"), heartbeat("b"))
                .events(both.toEvent())
                .answers(renewed("a", 0, after(10), false), renewed("b", 1, after(10), false));
    }

    @Test
    void batchHeartbeat_decidesEachInstanceSeparately() {
        var both = new ObservationPacker(after(40).toEpochMilli());
        observe(both, 0, RENEWED);
        observe(both, 3, RENEWED);
        var command = new RenewLeases(List.of("a", "x", "b", "c", "d"), NOON.toEpochMilli(), by("ann"));
        given(
                        registered("a", 0, declaration("orders", 100, 300, null)),
                        registered("b", 1),
                        new InstanceRegistered(
                                "c", 2, 0, "bob", declaration(100), HealthState.HEALTHY, NOON, by("bob")),
                        registered("d", 3, declaration("orders", 100, 300, null)),
                        expired("b"))
                .when(after(40), command)
                .events(
                        new InstanceRevived(
                                "b", 1, 0, 1, declaration(100), after(40), "It sent a heartbeat.", by("ann")),
                        both.toEvent())
                .answers(new CommandResult(
                        new Outcome.Batch(List.of(
                                new Outcome.Renewed(
                                        new Lease("a", 0, Phase.LIVE, after(340).toEpochMilli()), false),
                                Outcome.Refused.unknown("x"),
                                new Outcome.Renewed(
                                        new Lease("b", 1, Phase.LIVE, after(70).toEpochMilli()), true),
                                new Outcome.Refused(
                                        OWNED_BY_ANOTHER,
                                        "The instance 'c' belongs to another principal than the caller.",
                                        new FieldError(
                                                "service_id",
                                                "belongs to another principal",
                                                "c",
                                                "an instance of the caller's own")),
                                new Outcome.Renewed(
                                        new Lease("d", 3, Phase.LIVE, after(340).toEpochMilli()), false))),
                        1));
    }

    @Test
    void heartbeat_withConnections_isRecordedAsOneEvent() {
        var both = new ObservationPacker(after(10).toEpochMilli());
        both.add(0, CONNECTIONS_REPORTED, NOON.toEpochMilli(), 17, 0);
        observe(both, 0, RENEWED);
        given(registered("a", 0))
                .when(after(10), heartbeat("a", RENEWED, 17))
                .events(both.toEvent())
                .answers(renewed("a", 0, after(10), false));
    }

    @Test
    void heartbeat_withView_recordsListsAtTheirConfirmation() {
        var list = new ListReport("payments", 1_234, 7_000);
        var both = new ObservationPacker(after(10).toEpochMilli());
        both.add(0, LIST_REPORTED, NOON.toEpochMilli() - 7_000, list.serviceNumber(), 1_234);
        observe(both, 0, RENEWED);
        given(registered("a", 0))
                .when(
                        after(10),
                        new RenewLease(
                                "a", RENEWED, RenewLease.NOT_REPORTED, List.of(list), NOON.toEpochMilli(), by("ann")))
                .events(both.toEvent())
                .answers(renewed("a", 0, after(10), false));
    }

    @Test
    void heartbeat_withConnectionsAndHealth_recordsBoth() {
        var both = new ObservationPacker(after(10).toEpochMilli());
        both.add(0, CONNECTIONS_REPORTED, NOON.toEpochMilli(), 0, 0);
        observe(both, 0, REPORTED_UNHEALTHY);
        given(registered("a", 0))
                .when(after(10), heartbeat("a", REPORTED_UNHEALTHY, 0))
                .events(
                        both.toEvent(),
                        turned(
                                "a",
                                HealthState.HEALTHY,
                                HealthState.UNHEALTHY,
                                1,
                                "Its heartbeat reported unhealthy.",
                                after(10),
                                by("ann"),
                                CheckResult.reported(NOON, false)));
    }

    @Test
    void revivingHeartbeat_withConnections_recordsConnections() {
        var told = new ObservationPacker(after(40).toEpochMilli());
        told.add(0, CONNECTIONS_REPORTED, NOON.toEpochMilli(), 5, 0);
        given(registered("a", 0), expired("a"))
                .when(after(40), heartbeat("a", RENEWED, 5))
                .events(revived(0, after(40), by("ann")), told.toEvent())
                .answers(new CommandResult(renewed("a", 0, after(40), true).outcome(), 1));
    }

    @Test
    void heartbeat_ofUnknownInstance_isRefused() {
        given().when(NOON, heartbeat("a")).nothing().refusals(UNKNOWN_INSTANCE);
    }

    @Test
    void heartbeat_byNonOwner_isRefused() {
        var command = new RenewLease("a", RENEWED, NOON.toEpochMilli(), by("bob"));
        given(registered("a", 0)).when(after(1), command).nothing().refusals(OWNED_BY_ANOTHER);
        given(registered("a", 0), expired("a"))
                .when(after(40), command)
                .nothing()
                .refusals(OWNED_BY_ANOTHER);
        given(registered("a", 0), expired("a"), removed("a"))
                .when(after(100), command)
                .nothing()
                .refusals(OWNED_BY_ANOTHER);
    }

    @Test
    void heartbeat_ofExpiredInstance_revivesInSameSlot() {
        given(registered("a", 0), expired("a"))
                .when(after(40), heartbeat("a"))
                .events(revived(0, after(40), by("ann")))
                .answers(renewed("a", 0, after(40), true));
    }

    @Test
    void heartbeat_ofRemovedInstance_revivesInNewSlot() {
        var update = updated("a", 2, declaration(50), AdminState.ACTIVE, List.of("weight"), NOON, by("ann"));
        given(registered("a", 0), update, expired("a"), removed("a"))
                .when(after(100), heartbeat("a"))
                .events(new InstanceRevived(
                        "a", 1, 0, 2, declaration(50), after(100), "It sent a heartbeat.", by("ann")))
                .answers(renewed("a", 1, after(100), true));
    }

    @Test
    void heartbeat_afterReviveWindow_isRefused() {
        var end = after(TTL + 60).plus(REVIVE_WINDOW);
        var gone = List.of(registered("a", 0), expired("a"), removed("a")).toArray();
        given(gone).when(end.minusMillis(1), heartbeat("a")).events(revived(1, end.minusMillis(1), by("ann")));
        given(gone).when(end, heartbeat("a")).nothing().refusals(UNKNOWN_INSTANCE);
    }

    @Test
    void heartbeat_withinHourOfDeregistration_isRefusedAsDeregistered() {
        var hour = after(5).plusMillis(ShardState.DEREGISTERED_RETENTION_MILLIS);
        var deregistered = new InstanceDeregistered("a", "orders", after(5), by("ann"));
        given(registered("a", 0), deregistered)
                .when(hour.minusMillis(1), heartbeat("a"))
                .nothing()
                .refusals(INSTANCE_DEREGISTERED);
        given(registered("a", 0), deregistered)
                .when(hour, heartbeat("a"))
                .nothing()
                .refusals(UNKNOWN_INSTANCE);
    }

    @Test
    void reportedHealth_withoutCheck_changesHealthAtOnce() {
        given(registered("a", 0))
                .when(after(1), heartbeat("a", REPORTED_UNHEALTHY))
                .events(
                        observed(after(1), 0, REPORTED_UNHEALTHY),
                        turned(
                                "a",
                                HealthState.HEALTHY,
                                HealthState.UNHEALTHY,
                                1,
                                "Its heartbeat reported unhealthy.",
                                after(1),
                                by("ann"),
                                CheckResult.reported(NOON, false)));
        given(registered("a", 0))
                .after(after(1), heartbeat("a", REPORTED_UNHEALTHY))
                .when(after(2), heartbeat("a", REPORTED_HEALTHY))
                .events(
                        observed(after(2), 0, REPORTED_HEALTHY),
                        turned(
                                "a",
                                HealthState.UNHEALTHY,
                                HealthState.HEALTHY,
                                1,
                                "Its heartbeat reported healthy.",
                                after(2),
                                by("ann"),
                                CheckResult.reported(NOON, false),
                                CheckResult.reported(NOON, true)));
    }

    @Test
    void reportedHealth_equalToHealthState_changesNothing() {
        given(registered("a", 0))
                .when(after(1), heartbeat("a", REPORTED_HEALTHY))
                .events(observed(after(1), 0, REPORTED_HEALTHY));
    }

    @Test
    void revivingHeartbeat_withHealth_recordsHealth() {
        given(registered("a", 0), expired("a"))
                .when(after(40), heartbeat("a", REPORTED_HEALTHY))
                .events(revived(0, after(40), by("ann")), observed(after(40), 0, REPORTED_HEALTHY))
                .answers(new CommandResult(renewed("a", 0, after(40), true).outcome(), 1));
    }
}
