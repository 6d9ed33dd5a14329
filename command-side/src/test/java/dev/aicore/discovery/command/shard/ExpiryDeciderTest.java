package dev.aicore.discovery.command.shard;

import static dev.aicore.discovery.api.shard.ObservationKind.CHECK_FAILED;
import static dev.aicore.discovery.api.shard.ObservationKind.RENEWED;
import static dev.aicore.discovery.command.shard.ShardFixture.given;
import static dev.aicore.discovery.command.shard.ShardSamples.GRACE_PERIOD;
import static dev.aicore.discovery.command.shard.ShardSamples.NOON;
import static dev.aicore.discovery.command.shard.ShardSamples.REVIVE_WINDOW;
import static dev.aicore.discovery.command.shard.ShardSamples.SHARD;
import static dev.aicore.discovery.command.shard.ShardSamples.TTL;
import static dev.aicore.discovery.command.shard.ShardSamples.after;
import static dev.aicore.discovery.command.shard.ShardSamples.by;
import static dev.aicore.discovery.command.shard.ShardSamples.check;
import static dev.aicore.discovery.command.shard.ShardSamples.checked;
import static dev.aicore.discovery.command.shard.ShardSamples.declaration;
import static dev.aicore.discovery.command.shard.ShardSamples.expire;
import static dev.aicore.discovery.command.shard.ShardSamples.expired;
import static dev.aicore.discovery.command.shard.ShardSamples.heartbeat;
import static dev.aicore.discovery.command.shard.ShardSamples.observed;
import static dev.aicore.discovery.command.shard.ShardSamples.registered;
import static dev.aicore.discovery.command.shard.ShardSamples.removed;

import dev.aicore.discovery.api.EventMetadata;
import dev.aicore.discovery.api.health.HealthCheck;
import dev.aicore.discovery.api.health.SwitchMonitoring;
import dev.aicore.discovery.api.instance.Declaration;
import dev.aicore.discovery.api.instance.InstanceRemoved;
import dev.aicore.discovery.api.lease.ExtendLeases;
import dev.aicore.discovery.api.lease.Lease;
import dev.aicore.discovery.api.lease.Lease.Phase;
import dev.aicore.discovery.api.lease.LeaseExpired;
import dev.aicore.discovery.api.lease.LeasesExtended;
import dev.aicore.discovery.api.shard.ObservationKind;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ExpiryDeciderTest {

    private static final Instant DUE = after(TTL);
    private static final Instant REMOVAL = DUE.plus(GRACE_PERIOD);

    private static Lease lease(int slot, Phase phase, Instant dueAt) {
        return new Lease("a", slot, phase, dueAt.toEpochMilli());
    }

    private static LeasesExtended extendedFrom(Instant from) {
        return new LeasesExtended(SHARD, from, "pause", "The process stood still.");
    }

    private static InstanceRemoved removedAsUnhealthy(Instant at) {
        return new InstanceRemoved(
                "a",
                "orders",
                at,
                at.plus(REVIVE_WINDOW),
                "It has no lease, and was unhealthy for 86400.0 s.",
                EventMetadata.ofRegistry("lease"));
    }

    @Test
    void lease_beforeTtl_staysLive() {
        var early = DUE.minusMillis(1);
        given(registered("a", 0)).when(early, expire(early, "a")).nothing().leases(lease(0, Phase.LIVE, DUE));
    }

    @Test
    void lease_atTtl_expires() {
        given(registered("a", 0))
                .when(DUE, expire(DUE, "a"))
                .events(expired("a"))
                .leases(lease(0, Phase.EXPIRED, REMOVAL));
    }

    @Test
    void renewal_beforeProposalInBatch_preventsExpiry() {
        given(registered("a", 0))
                .when(DUE, heartbeat("a"), expire(DUE, "a"))
                .events(observed(DUE, 0, RENEWED))
                .leases(lease(0, Phase.LIVE, DUE.plusSeconds(TTL)));
    }

    @Test
    void failedCheck_beforeProposalInBatch_doesNotPreventExpiry() {
        var declared = declaration("orders", 100, TTL, check(3, 2));
        given(registered("a", 0, declared))
                .when(DUE, checked("a", CHECK_FAILED), expire(DUE, "a"))
                .events(observed(DUE, 0, CHECK_FAILED), expired("a"))
                .leases(lease(0, Phase.EXPIRED, REMOVAL));
        given(registered("a", 0, declared), expired("a"))
                .when(REMOVAL, checked("a", CHECK_FAILED), expire(REMOVAL, "a"))
                .events(observed(REMOVAL, 0, CHECK_FAILED), removed("a"));
    }

    @Test
    void delayedProposal_isDecidedByProposalTime() {
        given(registered("a", 0))
                .when(DUE.plusSeconds(10), expire(DUE.minusMillis(1), "a"))
                .nothing()
                .leases(lease(0, Phase.LIVE, DUE));
    }

    @Test
    void futureProposal_isDecidedByCurrentTime() {
        given(registered("a", 0))
                .when(DUE.minusMillis(1), expire(DUE.plusSeconds(10), "a"))
                .nothing();
    }

    @Test
    void expiredInstance_afterGracePeriod_isRemoved() {
        var early = REMOVAL.minusMillis(1);
        given(registered("a", 0), expired("a"))
                .when(early, expire(early, "a"))
                .nothing()
                .leases(lease(0, Phase.EXPIRED, REMOVAL));
        given(registered("a", 0), expired("a"))
                .when(REMOVAL, expire(REMOVAL, "a"))
                .events(removed("a"))
                .leases(lease(-1, Phase.REMOVED, REMOVAL.plus(REVIVE_WINDOW)));
    }

    @Test
    void removedInstance_afterReviveWindow_isForgotten() {
        var end = REMOVAL.plus(REVIVE_WINDOW);
        given(registered("a", 0), expired("a"), removed("a"))
                .when(end, expire(end, "a"))
                .nothing()
                .leases(new Lease("a", -1, Phase.FORGOTTEN, Long.MAX_VALUE));
    }

    @Test
    void extension_afterClockMovedBack_countsByCurrentClock() {
        var due = after(20 + TTL);
        given(registered("a", 0), extendedFrom(after(3600)))
                .after(after(3601), heartbeat("a"))
                .after(after(20), new ExtendLeases("start", "The process has started."))
                .when(due.minusMillis(1), expire(due.minusMillis(1), "a"))
                .nothing()
                .leases(lease(0, Phase.LIVE, due));
        given(registered("a", 0), extendedFrom(after(3600)))
                .after(after(3601), heartbeat("a"))
                .after(after(20), new ExtendLeases("start", "The process has started."))
                .when(due, expire(due, "a"))
                .leases(lease(0, Phase.EXPIRED, due.plus(GRACE_PERIOD)));
    }

    @Test
    void extension_restartsLease() {
        var extended = extendedFrom(after(20));
        var due = after(20 + TTL);
        given(registered("a", 0), extended)
                .when(due.minusMillis(1), expire(due.minusMillis(1), "a"))
                .nothing()
                .leases(lease(0, Phase.LIVE, due));
        given(registered("a", 0), extended)
                .when(due, expire(due, "a"))
                .events(new LeaseExpired(
                        "a",
                        "orders",
                        after(20),
                        TTL,
                        due,
                        due.plus(GRACE_PERIOD),
                        "No renewal was received for 30.0 s; the TTL is 30 s.",
                        EventMetadata.ofRegistry("lease")));
    }

    @Test
    void extension_delaysRemoval() {
        var extended = extendedFrom(REMOVAL.minusMillis(1));
        var due = REMOVAL.minusMillis(1).plus(GRACE_PERIOD);
        given(registered("a", 0), expired("a"), extended)
                .when(due.minusMillis(1), expire(due.minusMillis(1), "a"))
                .nothing()
                .leases(lease(0, Phase.EXPIRED, due));
        given(registered("a", 0), expired("a"), extended)
                .when(due, expire(due, "a"))
                .leases(lease(-1, Phase.REMOVED, due.plus(REVIVE_WINDOW)));
    }

    @Test
    void instanceWithoutLease_unhealthyFor24Hours_isRemoved() {
        var checked = declaration("orders", 100, 0, check(1, 1));
        var due = after(1).plus(Duration.ofHours(24));
        var removed = removedAsUnhealthy(due);
        given(registered("a", 0, checked))
                .after(after(1), checked("a", ObservationKind.CHECK_FAILED))
                .when(due.minusMillis(1), expire(due.minusMillis(1), "a"))
                .nothing()
                .leases(lease(0, Phase.LIVE, due));
        given(registered("a", 0, checked))
                .after(after(1), checked("a", ObservationKind.CHECK_FAILED))
                .when(due, expire(due, "a"))
                .events(removed);
        given(registered("a", 0, checked))
                .after(after(1), checked("a", ObservationKind.CHECK_FAILED))
                .after(after(2), checked("a", ObservationKind.CHECK_PASSED))
                .when(due, expire(due, "a"))
                .nothing();
    }

    @Test
    void instanceWithoutLease_withHeartbeatWhileUnhealthy_isRemoved() {
        var due = after(1).plus(Duration.ofHours(24));
        given(registered("a", 0, declaration("orders", 100, 0, check(1, 1))))
                .after(after(1), checked("a", ObservationKind.CHECK_FAILED))
                .when(due, heartbeat("a"), expire(due, "a"))
                .events(observed(due, 0, RENEWED), removedAsUnhealthy(due));
    }

    @Test
    void instanceWithoutLease_withoutFailingChecks_isNotRemoved() {
        var late = after(1).plus(Duration.ofDays(3));
        given(registered("a", 0, declaration("orders", 100, 0, null)))
                .after(after(1), heartbeat("a", ObservationKind.REPORTED_UNHEALTHY))
                .when(late, expire(late, "a"))
                .nothing();
        given(registered("a", 0, declaration("orders", 100, 0, check(1, 1))))
                .after(after(1), checked("a", ObservationKind.CHECK_FAILED))
                .after(after(2), new SwitchMonitoring("a", false, by("ann")))
                .when(late, expire(late, "a"))
                .nothing();
        given(registered("a", 0, declaration("orders", 100, 0, check(1, 1))))
                .after(after(1), checked("a", ObservationKind.CHECK_FAILED))
                .after(after(2), new SwitchMonitoring("a", false, by("ann")))
                .after(late, new SwitchMonitoring("a", true, by("ann")))
                .when(late.plusSeconds(1), expire(late.plusSeconds(1), "a"))
                .nothing();
    }

    @Test
    void extendLeases_recordsFactAndReturnsEachLease() {
        given(registered("a", 0))
                .when(after(20), new ExtendLeases("pause", "The process stood still."))
                .events(extendedFrom(after(20)))
                .leases(lease(0, Phase.LIVE, after(20 + TTL)));
    }

    @Test
    void instanceWithoutLease_neverExpires() {
        var late = NOON.plusSeconds(1_000_000_000L);
        given(registered("a", 0, declaration("orders", 100, 0, check(3, 2))))
                .when(late, expire(late, "a"))
                .nothing()
                .leases(new Lease("a", 0, Phase.LIVE, Long.MAX_VALUE));
    }

    @Test
    void expiryProposal_ofUnknownInstance_changesNothing() {
        given().when(NOON, expire(NOON, "a")).nothing().leases(new Lease("a", -1, Phase.FORGOTTEN, Long.MAX_VALUE));
    }

    private static Declaration declaredFor(String type, int ttl, int deregisterAfter) {
        return declaration(
                "orders", 100, ttl, new HealthCheck(type, 10, 5, 1, 1, Map.of("deregister_after", deregisterAfter)));
    }

    private static LeaseExpired expiredUntil(Instant removal) {
        return new LeaseExpired(
                "a",
                "orders",
                NOON,
                TTL,
                DUE,
                removal,
                "No renewal was received for 30.0 s; the TTL is 30 s.",
                EventMetadata.ofRegistry("lease"));
    }

    @Test
    void expiredInstance_withoutDeregistration_staysListedAndIsRevived() {
        var never = Instant.parse("9999-12-31T00:00:00Z");
        var muchLater = DUE.plus(Duration.ofDays(3_000));
        given(registered("a", 0, declaredFor("ttl", TTL, 0)))
                .when(DUE, expire(DUE, "a"))
                .events(expiredUntil(never))
                .leases(lease(0, Phase.EXPIRED, never));
        given(registered("a", 0, declaredFor("ttl", TTL, 0)), expiredUntil(never))
                .when(muchLater, expire(muchLater, "a"))
                .nothing()
                .leases(lease(0, Phase.EXPIRED, never));
    }

    @Test
    void expiredInstance_withOwnDeregistrationTime_isRemovedAfterIt() {
        var removal = DUE.plusSeconds(600);
        given(registered("a", 0, declaredFor("ttl", TTL, 600)))
                .when(DUE, expire(DUE, "a"))
                .events(expiredUntil(removal))
                .leases(lease(0, Phase.EXPIRED, removal));
        given(registered("a", 0, declaredFor("ttl", TTL, 600)), expiredUntil(removal))
                .when(removal, expire(removal, "a"))
                .events(new InstanceRemoved(
                        "a",
                        "orders",
                        removal,
                        removal.plus(REVIVE_WINDOW),
                        "It stayed silent for the grace period of 600.0 s after its lease had expired.",
                        EventMetadata.ofRegistry("lease")));
    }

    @Test
    void reportedUnhealthyInstance_withOwnDeregistrationTime_isRemovedAlthoughItRenews() {
        var due = after(1).plusSeconds(60);
        given(registered("a", 0, declaredFor("ttl", TTL, 60)))
                .after(after(1), heartbeat("a", ObservationKind.REPORTED_UNHEALTHY))
                .after(after(25), heartbeat("a"))
                .after(after(50), heartbeat("a"))
                .when(due, expire(due, "a"))
                .events(new InstanceRemoved(
                        "a",
                        "orders",
                        due,
                        due.plus(REVIVE_WINDOW),
                        "It was unhealthy for 60.0 s.",
                        EventMetadata.ofRegistry("lease")));
    }

    @Test
    void checkedInstance_withoutDeregistration_staysListedWhileUnhealthy() {
        var muchLater = after(1).plus(Duration.ofDays(3_000));
        given(registered("a", 0, declaredFor("http", 0, 0)))
                .after(after(1), checked("a", ObservationKind.CHECK_FAILED))
                .when(muchLater, expire(muchLater, "a"))
                .nothing();
    }
}
