package dev.aicore.discovery.projection.testing;

import static dev.aicore.discovery.api.testing.DeclarationBuilder.aDeclaration;
import static dev.aicore.discovery.api.testing.InstanceRegisteredBuilder.anInstanceRegistered;
import static dev.aicore.discovery.api.testing.InstanceRevivedBuilder.anInstanceRevived;
import static dev.aicore.discovery.api.testing.LeaseExpiredBuilder.aLeaseExpired;

import dev.aicore.discovery.api.EventMetadata;
import dev.aicore.discovery.api.health.BreakerState;
import dev.aicore.discovery.api.health.CheckResult;
import dev.aicore.discovery.api.health.CircuitChanged;
import dev.aicore.discovery.api.health.HealthChanged;
import dev.aicore.discovery.api.health.HealthState;
import dev.aicore.discovery.api.health.MonitoringSwitched;
import dev.aicore.discovery.api.instance.AdminState;
import dev.aicore.discovery.api.instance.Declaration;
import dev.aicore.discovery.api.instance.InstanceAdopted;
import dev.aicore.discovery.api.instance.InstanceDeregistered;
import dev.aicore.discovery.api.instance.InstanceRegistered;
import dev.aicore.discovery.api.instance.InstanceRemoved;
import dev.aicore.discovery.api.instance.InstanceRevived;
import dev.aicore.discovery.api.instance.InstanceUpdated;
import dev.aicore.discovery.api.lease.LeaseExpired;
import dev.aicore.discovery.api.lease.LeaseOverdue;
import dev.aicore.discovery.api.testing.EventMetadataBuilder;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Creates facts of instances of {@code user-service}, each one second after the previous one. */
public final class InstanceFactSamples {

    public static final Instant T0 = Instant.parse("2026-11-23T12:00:00Z");

    private InstanceFactSamples() {}

    public static EventMetadata by(String actor) {
        return EventMetadataBuilder.by(actor)
                .role("admin")
                .sourceAddress("10.9.9.9")
                .requestId("req-1")
                .reason("deploy")
                .idempotencyKey("key-1")
                .build();
    }

    public static Declaration declaration(int port, Map<String, String> metadata) {
        return aDeclaration("user-service")
                .version("1.2.0")
                .port(port)
                .ttl(5)
                .metadata(metadata)
                .tags("blue")
                .zone("eu-1")
                .build();
    }

    public static InstanceRegistered registered(String id, int slot) {
        return registered(id, slot, Map.of());
    }

    public static InstanceRegistered registered(String id, int slot, Map<String, String> metadata) {
        return anInstanceRegistered(id, declaration(8080, metadata))
                .slot(slot)
                .registeredAt(T0)
                .envelope(by("alice"))
                .build();
    }

    public static InstanceUpdated updated(String id, int version) {
        return updated(id, version, Map.of("v", Integer.toString(version)));
    }

    public static InstanceUpdated updated(String id, int version, Map<String, String> metadata) {
        return new InstanceUpdated(
                id,
                version,
                declaration(9090, metadata),
                AdminState.ACTIVE,
                List.of("port", "metadata"),
                T0.plusSeconds(1),
                by("alice"));
    }

    public static InstanceUpdated declared(String id, int version, AdminState adminState) {
        return new InstanceUpdated(
                id,
                version,
                declaration(8080, Map.of()),
                adminState,
                List.of("status"),
                T0.plusSeconds(2),
                by("carol"));
    }

    public static InstanceDeregistered deregistered(String id) {
        return new InstanceDeregistered(id, "user-service", T0.plusSeconds(9), by("bob"));
    }

    public static LeaseExpired expired(String id) {
        return aLeaseExpired(id, "user-service")
                .silentSince(T0)
                .ttl(5)
                .expiredAt(T0.plusSeconds(5))
                .removeAt(T0.plusSeconds(35))
                .build();
    }

    public static InstanceRemoved removed(String id) {
        return new InstanceRemoved(
                id,
                "user-service",
                T0.plusSeconds(35),
                T0.plusSeconds(3635),
                "Silent through the grace period.",
                EventMetadata.ofRegistry("lease"));
    }

    public static InstanceRevived revived(String id, int slot, int version) {
        return anInstanceRevived(id, declaration(9090, Map.of()))
                .slot(slot)
                .version(version)
                .revivedAt(T0.plusSeconds(40))
                .envelope(by("alice"))
                .build();
    }

    public static MonitoringSwitched monitored(String id, boolean on) {
        return new MonitoringSwitched(id, "user-service", on, T0.plusSeconds(4), by("bob"));
    }

    public static InstanceAdopted adopted(String id) {
        return new InstanceAdopted(id, "user-service", "bob", "anonymous", T0.plusSeconds(4), by("bob"));
    }

    public static HealthChanged turned(String id, HealthState from, HealthState to) {
        return new HealthChanged(
                id,
                "user-service",
                from,
                to,
                3,
                "connection refused",
                0,
                List.of(CheckResult.reported(T0.plusSeconds(3), to == HealthState.HEALTHY)),
                T0.plusSeconds(3),
                EventMetadata.ofRegistry("check"));
    }

    public static CircuitChanged circuit(String id, BreakerState from, BreakerState to) {
        return new CircuitChanged(
                id,
                "user-service",
                from,
                to,
                20,
                12,
                0,
                "12 of the last 20 calls failed",
                to == BreakerState.OPEN ? T0.plusSeconds(34) : null,
                T0.plusSeconds(4),
                by("carol"));
    }

    public static LeaseOverdue overdue(String id) {
        return new LeaseOverdue(
                id,
                "user-service",
                T0,
                5,
                T0.plusSeconds(5),
                "3 of 20 instances have expired",
                EventMetadata.ofRegistry("lease"));
    }
}
