package dev.aicore.discovery.command.shard;

import dev.aicore.discovery.api.EventMetadata;
import dev.aicore.discovery.api.health.CheckFailureCode;
import dev.aicore.discovery.api.health.CheckFailureReason;
import dev.aicore.discovery.api.health.CheckResult;
import dev.aicore.discovery.api.health.HealthChanged;
import dev.aicore.discovery.api.health.HealthCheck;
import dev.aicore.discovery.api.health.HealthState;
import dev.aicore.discovery.api.health.RecordCheck;
import dev.aicore.discovery.api.instance.AdminState;
import dev.aicore.discovery.api.instance.Declaration;
import dev.aicore.discovery.api.instance.InstancePrecondition;
import dev.aicore.discovery.api.instance.InstanceRegistered;
import dev.aicore.discovery.api.instance.InstanceRemoved;
import dev.aicore.discovery.api.instance.InstanceUpdated;
import dev.aicore.discovery.api.instance.RegisterInstance;
import dev.aicore.discovery.api.instance.UpdateInstance;
import dev.aicore.discovery.api.lease.ExpireLeases;
import dev.aicore.discovery.api.lease.LeaseExpired;
import dev.aicore.discovery.api.lease.RenewLease;
import dev.aicore.discovery.api.shard.ObservationKind;
import dev.aicore.discovery.api.shard.ObservationPacker;
import dev.aicore.discovery.api.shard.ObservationsRecorded;
import dev.aicore.discovery.api.shard.ShardOpened;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Sample commands and events for the tests of a shard. */
final class ShardSamples {

    static final EventMetadata BY_CHECK = EventMetadata.ofRegistry("check");
    static final String SHARD = "shard-0";
    static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    static final ShardOpened OPENED = new ShardOpened(SHARD, 16, NOON.minusSeconds(60));
    static final int TTL = 30;
    static final Duration GRACE_PERIOD = Duration.ofSeconds(60);
    static final Duration REVIVE_WINDOW = Duration.ofMinutes(30);

    /** Results in the events of {@link #checked} and {@link #observed}. */
    static final CheckResult FAILED = CheckResult.checked(NOON, new CheckFailureReason(CheckFailureCode.RESET, 0), 3);

    static final CheckResult PASSED = CheckResult.checked(NOON, null, 3);

    private ShardSamples() {}

    static Instant after(double seconds) {
        return NOON.plusMillis((long) (seconds * 1000));
    }

    static Declaration declaration(String service, int weight, int ttl, @Nullable HealthCheck check) {
        return new Declaration(
                service, "1.0.0", "10.0.0.1", 8080, "http", weight, ttl, check, Map.of("a", "b"), List.of("x"), "");
    }

    static Declaration declaration(int weight) {
        return declaration("orders", weight, TTL, null);
    }

    static HealthCheck check(int failures, int successes) {
        return new HealthCheck("http", 10, 5, failures, successes, Map.of("path", "/health"));
    }

    static EventMetadata by(String actor) {
        return by(actor, "service");
    }

    static EventMetadata by(String actor, String role) {
        return new EventMetadata("default", actor, role, "127.0.0.1", "rest", "r-1", null, null, null);
    }

    static RegisterInstance register(String id, Declaration declaration, EventMetadata metadata) {
        return new RegisterInstance(id, declaration, HealthState.HEALTHY, metadata);
    }

    static RegisterInstance register(String id) {
        return register(id, declaration(100), by("ann"));
    }

    static UpdateInstance update(String id, String patch, @Nullable AdminState adminState, EventMetadata metadata) {
        return new UpdateInstance(id, null, patch, adminState, InstancePrecondition.NONE, metadata);
    }

    static InstanceUpdated updated(
            String id,
            int version,
            Declaration declaration,
            AdminState adminState,
            List<String> changed,
            Instant at,
            EventMetadata metadata) {
        return new InstanceUpdated(id, version, declaration, adminState, changed, at, metadata);
    }

    /** Returns the event of a switch to maintenance by the owner, one second after the registration. */
    static InstanceUpdated maintained(String id) {
        return updated(id, 2, declaration(100), AdminState.MAINTENANCE, List.of("status"), after(1), by("ann"));
    }

    static RenewLease heartbeat(String id) {
        return heartbeat(id, ObservationKind.RENEWED);
    }

    static RenewLease heartbeat(String id, ObservationKind kind) {
        return new RenewLease(id, kind, NOON.toEpochMilli(), by("ann"));
    }

    static RenewLease heartbeat(String id, ObservationKind kind, int connections) {
        return new RenewLease(id, kind, connections, NOON.toEpochMilli(), by("ann"));
    }

    static RecordCheck checked(String id, ObservationKind kind) {
        int reason = kind == ObservationKind.CHECK_FAILED ? 7 : 0;
        return new RecordCheck(id, kind, reason, 3, NOON.toEpochMilli(), EventMetadata.ofRegistry("check"));
    }

    static ExpireLeases expire(Instant proposedAt, String... ids) {
        return new ExpireLeases(List.of(ids), proposedAt.toEpochMilli());
    }

    static InstanceRegistered registered(String id, int slot, Declaration declaration) {
        return new InstanceRegistered(id, slot, 0, "ann", declaration, HealthState.HEALTHY, NOON, by("ann"));
    }

    static InstanceRegistered registered(String id, int slot) {
        return registered(id, slot, declaration(100));
    }

    /** Returns the event of an expiry one {@link #TTL} after the registration, without a heartbeat. */
    static LeaseExpired expired(String id) {
        return new LeaseExpired(
                id,
                "orders",
                NOON,
                TTL,
                after(TTL),
                after(TTL).plus(GRACE_PERIOD),
                "No renewal was received for 30.0 s; the TTL is 30 s.",
                EventMetadata.ofRegistry("lease"));
    }

    /** Returns the event of a removal after the grace period, without a heartbeat. */
    static InstanceRemoved removed(String id) {
        var removedAt = after(TTL).plus(GRACE_PERIOD);
        return new InstanceRemoved(
                id,
                "orders",
                removedAt,
                removedAt.plus(REVIVE_WINDOW),
                "It stayed silent for the grace period of 60.0 s after its lease had expired.",
                EventMetadata.ofRegistry("lease"));
    }

    static HealthChanged turned(
            String id,
            HealthState from,
            HealthState to,
            int consecutive,
            String evidence,
            Instant at,
            EventMetadata metadata,
            CheckResult... results) {
        return new HealthChanged(id, "orders", from, to, consecutive, evidence, 0, List.of(results), at, metadata);
    }

    /** Returns the event of a change to unhealthy by the third failed check. */
    static HealthChanged failed(Instant at, CheckResult... results) {
        return turned(
                "a", HealthState.HEALTHY, HealthState.UNHEALTHY, 3, "Its check failed: reset.", at, BY_CHECK, results);
    }

    /** Returns the event of a change to healthy by the second passed check. */
    static HealthChanged passed(HealthState from, Instant at, CheckResult... results) {
        return turned("a", from, HealthState.HEALTHY, 2, "Its check passed.", at, BY_CHECK, results);
    }

    /** Returns the event of one observation, observed at noon and decided at a time. */
    static ObservationsRecorded observed(Instant decidedAt, int slot, ObservationKind kind) {
        var packer = new ObservationPacker(decidedAt.toEpochMilli());
        observe(packer, slot, kind);
        return packer.toEvent();
    }

    static void observe(ObservationPacker packer, int slot, ObservationKind kind) {
        boolean failed = kind == ObservationKind.CHECK_FAILED;
        int first = kind.arguments() == 0 ? 0 : failed ? 7 : 3;
        packer.add(slot, kind, NOON.toEpochMilli(), first, failed ? 3 : 0);
    }
}
