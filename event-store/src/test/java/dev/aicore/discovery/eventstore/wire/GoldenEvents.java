package dev.aicore.discovery.eventstore.wire;

import static dev.aicore.discovery.api.testing.DeclarationBuilder.aDeclaration;
import static dev.aicore.discovery.api.testing.LeaseExpiredBuilder.aLeaseExpired;

import dev.aicore.discovery.api.EventMetadata;
import dev.aicore.discovery.api.access.ApiKeyFact.KeyFirstUsed;
import dev.aicore.discovery.api.access.ApiKeyFact.KeyIssued;
import dev.aicore.discovery.api.access.ApiKeyFact.KeyRevoked;
import dev.aicore.discovery.api.access.ApiKeyFact.KeyRotated;
import dev.aicore.discovery.api.access.ApiKeyFact.SessionsEnded;
import dev.aicore.discovery.api.configuration.ConfigurationFact.ConfigurationDeleted;
import dev.aicore.discovery.api.configuration.ConfigurationFact.ConfigurationRolledBack;
import dev.aicore.discovery.api.configuration.ConfigurationFact.ConfigurationSchemaDeclared;
import dev.aicore.discovery.api.configuration.ConfigurationFact.ConfigurationSchemaDropped;
import dev.aicore.discovery.api.configuration.ConfigurationFact.ConfigurationStored;
import dev.aicore.discovery.api.configuration.KeyValueFact.KeyValueDeleted;
import dev.aicore.discovery.api.configuration.KeyValueFact.KeyValueStored;
import dev.aicore.discovery.api.deadletter.DeadLetterDropped;
import dev.aicore.discovery.api.deadletter.EventQuarantined;
import dev.aicore.discovery.api.discovery.PicksReset;
import dev.aicore.discovery.api.health.BreakerState;
import dev.aicore.discovery.api.health.CheckFailureCode;
import dev.aicore.discovery.api.health.CheckFailureReason;
import dev.aicore.discovery.api.health.CheckResult;
import dev.aicore.discovery.api.health.CircuitChanged;
import dev.aicore.discovery.api.health.HealthChanged;
import dev.aicore.discovery.api.health.HealthCheck;
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
import dev.aicore.discovery.api.lease.LeaseOverdue;
import dev.aicore.discovery.api.lease.LeasesExtended;
import dev.aicore.discovery.api.lease.SelfPreservationEntered;
import dev.aicore.discovery.api.lease.SelfPreservationExited;
import dev.aicore.discovery.api.shard.ObservationKind;
import dev.aicore.discovery.api.shard.ObservationPacker;
import dev.aicore.discovery.api.shard.ObservationsRecorded;
import dev.aicore.discovery.api.shard.ShardCheckpointed;
import dev.aicore.discovery.api.shard.ShardCheckpointed.Contents;
import dev.aicore.discovery.api.shard.ShardCheckpointed.Entry;
import dev.aicore.discovery.api.shard.ShardOpened;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Contents of the golden files, as events of the current revisions. */
final class GoldenEvents {

    private static final Instant T = Instant.parse("2026-03-01T12:00:00.123Z");
    private static final Instant EXPIRED = T.plusSeconds(30);
    private static final Instant REMOVED = T.plusSeconds(90);

    private static final String KEY = "k3m9x2b7q1wz";
    private static final String HASH = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";

    private static final String CONTENT =
            "{\"pool\":{\"size\":20,\"wait\":0.10},\"größe\":1e400,\"big\":12345678901234567890}";

    private static final String TOO_MANY = "15 of 100 instances have expired within 30 s already.";

    private static final EventMetadata BY = new EventMetadata(
            "default",
            "ann",
            "service",
            "10.0.0.9",
            "rest",
            "0b6e5c7e-5a3d-4c56-9a7b-1f2e3d4c5b6a",
            "rollout of 2.4",
            "deploy-2026-03-01",
            "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01");

    private static final Declaration FULL = aDeclaration("orders")
            .version("2.4.0")
            .address("10.0.0.9")
            .healthCheck(new HealthCheck(
                    "http",
                    10,
                    5,
                    3,
                    2,
                    Map.of("expected_status", List.of(200, 204), "path", "/health", "tls_skip_verify", false)))
            .metadata(Map.of("region", "eu", "team", "größe"))
            .tags("blue", "canary")
            .zone("eu-1a")
            .build();

    private static final Declaration BARE = aDeclaration("orders")
            .version("2.4.0")
            .address("10.0.0.9")
            .weight(50)
            .build();

    static final Map<String, Object> ALL = Map.ofEntries(
            Map.entry("InstanceRegistered/v1", registered(HealthState.HEALTHY)),
            Map.entry("InstanceRegistered/v2", registered(HealthState.STARTING)),
            Map.entry(
                    "InstanceUpdated/v1",
                    updated(AdminState.ACTIVE, List.of("weight", "health_check", "metadata", "tags", "zone"))),
            Map.entry(
                    "InstanceUpdated/v2",
                    updated(
                            AdminState.MAINTENANCE,
                            List.of("status", "weight", "health_check", "metadata", "tags", "zone"))),
            Map.entry("InstanceDeregistered/v1", new InstanceDeregistered("orders-1", "orders", T, BY)),
            Map.entry(
                    "LeaseExpired/v1",
                    aLeaseExpired("orders-1", "orders")
                            .silentSince(T)
                            .ttl(30)
                            .expiredAt(EXPIRED)
                            .removeAt(REMOVED)
                            .cause("Nothing was heard of it for 30.0 s; its ttl is 30 s.")
                            .build()),
            Map.entry(
                    "InstanceRemoved/v1",
                    new InstanceRemoved(
                            "orders-1",
                            "orders",
                            REMOVED,
                            REMOVED.plusSeconds(3600),
                            "It stayed silent for the grace period of 60.0 s after its lease had expired.",
                            EventMetadata.ofRegistry("lease"))),
            Map.entry(
                    "InstanceRevived/v1",
                    new InstanceRevived("orders-1", 18, 4, 2, BARE, REMOVED, "It sent a heartbeat.", BY)),
            Map.entry("HealthChanged/v1", becameUnhealthy("Its check failed.", 0, List.of())),
            Map.entry(
                    "HealthChanged/v2",
                    becameUnhealthy(
                            "Its check failed: status 503.",
                            6,
                            List.of(
                                    CheckResult.checked(
                                            T.minusSeconds(10),
                                            new CheckFailureReason(CheckFailureCode.TIMEOUT, 0),
                                            13),
                                    CheckResult.reported(T, false)))),
            Map.entry(
                    "CircuitChanged/v1",
                    new CircuitChanged(
                            "orders-1",
                            "orders",
                            BreakerState.CLOSED,
                            BreakerState.OPEN,
                            20,
                            12,
                            0,
                            "12 of the last 20 calls failed; 10 are enough.",
                            EXPIRED,
                            T,
                            EventMetadata.ofRegistry("check"))),
            Map.entry(
                    "LeaseOverdue/v1",
                    new LeaseOverdue(
                            "orders-1", "orders", T, 30, EXPIRED, TOO_MANY, EventMetadata.ofRegistry("lease"))),
            Map.entry(
                    "PreservationEntered/v1",
                    new SelfPreservationEntered(
                            "orders", 100, 15, TOO_MANY, EXPIRED, EventMetadata.ofRegistry("lease"))),
            Map.entry(
                    "PreservationLeft/v1",
                    new SelfPreservationExited(
                            "orders", "It sent a heartbeat.", REMOVED, EventMetadata.ofRegistry("lease"))),
            Map.entry("InstanceAdopted/v1", new InstanceAdopted("orders-1", "orders", "ann", "anonymous", T, BY)),
            Map.entry("MonitoringSwitched/v1", new MonitoringSwitched("orders-1", "orders", false, T, BY)),
            Map.entry("PicksReset/v1", new PicksReset("orders", T, BY)),
            Map.entry(
                    "DeadLetterDropped/v1",
                    new DeadLetterDropped(
                            31,
                            "InstanceUpdated",
                            "orders-1",
                            List.of("audit", "instances"),
                            "InstanceUpdated at position 31 can't follow: instance orders-1 was never registered.",
                            T,
                            BY)),
            Map.entry(
                    "EventQuarantined/v1",
                    new EventQuarantined(
                            "InstanceUpdated",
                            "orders-1",
                            "shard-3",
                            "its checksum doesn't match, so its row was changed or damaged.",
                            T,
                            BY)),
            Map.entry(
                    "KeyIssued/v1",
                    new KeyIssued(KEY, "orders-deployer", "service", "the pipeline of orders", HASH, T, EXPIRED, BY)),
            Map.entry("KeyRotated/v1", new KeyRotated(KEY, HASH, EXPIRED, T, BY)),
            Map.entry("KeyFirstUsed/v1", new KeyFirstUsed(KEY, T, BY)),
            Map.entry("KeyRevoked/v1", new KeyRevoked(KEY, T, BY)),
            Map.entry("SessionsEnded/v1", new SessionsEnded(KEY, T, BY)),
            Map.entry("ConfigurationStored/v1", new ConfigurationStored("orders", 3, CONTENT, T, BY)),
            Map.entry("ConfigurationRolledBack/v1", new ConfigurationRolledBack("orders", 4, 2, CONTENT, T, BY)),
            Map.entry("ConfigurationDeleted/v1", new ConfigurationDeleted("orders", 4, T, BY)),
            Map.entry(
                    "ConfigurationSchemaDeclared/v1",
                    new ConfigurationSchemaDeclared(
                            "orders", 1, "{\"type\":\"object\",\"required\":[\"pool\"]}", T, BY)),
            Map.entry("ConfigurationSchemaDropped/v1", new ConfigurationSchemaDropped("orders", 2, T, BY)),
            Map.entry("KeyValueStored/v1", new KeyValueStored("feature/größe", 7, 5, 42, "AP/4bw==", T, BY)),
            Map.entry("KeyValueDeleted/v1", new KeyValueDeleted("feature/größe", 7, T, BY)),
            Map.entry("ShardOpened/v1", new ShardOpened("shard-7", 16, T)),
            Map.entry(
                    "LeasesGraced/v1",
                    new LeasesExtended("shard-7", T, "pause", "The process stood still for 12.4 s.")),
            Map.entry("O/v1", observations()),
            Map.entry(
                    "ShardCheckpointed/v1",
                    ShardCheckpointed.of(new Contents(
                            3,
                            0,
                            2,
                            List.of(
                                    new Entry(0, T.toEpochMilli(), "orders-1"),
                                    new Entry(
                                            300, T.toEpochMilli() - 5000, "0b6e5c7e-5a3d-5c56-9a7b-1f2e3d4c5b6a"))))));

    private GoldenEvents() {}

    private static InstanceRegistered registered(HealthState initial) {
        return new InstanceRegistered("orders-1", 17, 3, "ann", FULL, initial, T, BY);
    }

    private static InstanceUpdated updated(AdminState adminState, List<String> changed) {
        return new InstanceUpdated("orders-1", 2, BARE, adminState, changed, T, BY);
    }

    private static HealthChanged becameUnhealthy(String evidence, int passesNeeded, List<CheckResult> results) {
        return new HealthChanged(
                "orders-1",
                "orders",
                HealthState.HEALTHY,
                HealthState.UNHEALTHY,
                3,
                evidence,
                passesNeeded,
                results,
                T,
                EventMetadata.ofRegistry("check"));
    }

    private static ObservationsRecorded observations() {
        long now = T.toEpochMilli();
        var packer = new ObservationPacker(now);
        packer.add(0, ObservationKind.RENEWED, now, 0, 0);
        packer.add(7, ObservationKind.REPORTED_HEALTHY, now - 1, 0, 0);
        packer.add(8, ObservationKind.REPORTED_UNHEALTHY, now - 127, 0, 0);
        packer.add(1000, ObservationKind.CHECK_PASSED_RENEWING, now - 128, 4, 0);
        packer.add(131_071, ObservationKind.CHECK_PASSED, now - 50, 0, 0);
        packer.add(5, ObservationKind.CHECK_FAILED, now - 3, 7, 30);
        packer.add(Integer.MAX_VALUE, ObservationKind.OUTCOMES_REPORTED, now - 70_000, Integer.MAX_VALUE, 300);
        return packer.toEvent();
    }
}
