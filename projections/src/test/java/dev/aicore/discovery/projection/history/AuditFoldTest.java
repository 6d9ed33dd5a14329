package dev.aicore.discovery.projection.history;

import static dev.aicore.discovery.projection.testing.InstanceFactSamples.T0;
import static dev.aicore.discovery.projection.testing.InstanceFactSamples.adopted;
import static dev.aicore.discovery.projection.testing.InstanceFactSamples.circuit;
import static dev.aicore.discovery.projection.testing.InstanceFactSamples.declared;
import static dev.aicore.discovery.projection.testing.InstanceFactSamples.deregistered;
import static dev.aicore.discovery.projection.testing.InstanceFactSamples.expired;
import static dev.aicore.discovery.projection.testing.InstanceFactSamples.monitored;
import static dev.aicore.discovery.projection.testing.InstanceFactSamples.overdue;
import static dev.aicore.discovery.projection.testing.InstanceFactSamples.registered;
import static dev.aicore.discovery.projection.testing.InstanceFactSamples.removed;
import static dev.aicore.discovery.projection.testing.InstanceFactSamples.revived;
import static dev.aicore.discovery.projection.testing.InstanceFactSamples.turned;
import static dev.aicore.discovery.projection.testing.InstanceFactSamples.updated;
import static org.assertj.core.api.Assertions.assertThat;

import dev.aicore.discovery.api.InstanceFact;
import dev.aicore.discovery.api.health.BreakerState;
import dev.aicore.discovery.api.health.HealthState;
import dev.aicore.discovery.api.instance.AdminState;
import dev.aicore.discovery.api.instance.InstanceUpdated;
import dev.aicore.discovery.api.lease.LeasesExtended;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class AuditFoldTest {

    private static final String WHERE = "10.0.0.1:8080";

    @Test
    void healthAndCircuitChanges_storeEvidence() {
        assertThat(evidence(turned("a", HealthState.HEALTHY, HealthState.UNHEALTHY)))
                .isEqualTo(
                        "{\"from\":\"healthy\",\"to\":\"unhealthy\",\"consecutive\":3,\"passes_needed\":0,\"results\":["
                                + "{\"at\":\"2026-11-23T12:00:03Z\",\"source\":\"heartbeat\",\"passed\":false}]}");
        assertThat(evidence(circuit("a", BreakerState.CLOSED, BreakerState.OPEN)))
                .isEqualTo("{\"from\":\"closed\",\"to\":\"open\",\"calls\":20,\"failures\":12,\"slow\":0,"
                        + "\"retry_at\":\"2026-11-23T12:00:34Z\"}");
        assertThat(evidence(monitored("a", false))).isEqualTo("{\"monitored\":false}");
        assertThat(evidence(registered("a", 1))).isNull();
    }

    private static @Nullable String evidence(InstanceFact fact) {
        return AuditFold.entry(WHERE, fact, 1, T0).evidence();
    }

    @Test
    void everyFactType_hasSummary() {
        var sentences = new HashMap<InstanceFact, String>();
        sentences.put(adopted("a"), "user-service at 10.0.0.1:8080 belongs to bob now, and no longer to anonymous");
        sentences.putAll(Map.of(
                registered("a", 1),
                "user-service at 10.0.0.1:8080 was registered by alice, version 1.2.0",
                updated("a", 2),
                "user-service at 10.0.0.1:9090 was updated by alice: port 9090, metadata",
                deregistered("a"),
                "user-service at 10.0.0.1:8080 was deregistered by bob",
                expired("a"),
                "user-service at 10.0.0.1:8080 fell silent: no heartbeat for its ttl of 5 s",
                removed("a"),
                "user-service at 10.0.0.1:8080 was removed: still silent after the grace period;"
                        + " a heartbeat until 2026-11-23T13:00:35Z brings it back",
                revived("a", 1, 1),
                "user-service at 10.0.0.1:9090 came back: It sent a heartbeat.",
                turned("a", HealthState.HEALTHY, HealthState.UNHEALTHY),
                "user-service at 10.0.0.1:8080 turned unhealthy after 3 results in a row: connection refused",
                circuit("a", BreakerState.CLOSED, BreakerState.OPEN),
                "the circuit of user-service at 10.0.0.1:8080 went from closed to open: 12 of the last 20 calls failed",
                overdue("a"),
                "user-service at 10.0.0.1:8080 fell silent for its ttl of 5 s, and is held back:"
                        + " 3 of 20 instances have expired",
                monitored("a", false),
                "the checks of user-service at 10.0.0.1:8080 were stopped by bob"));
        assertThat(sentences).hasSize(InstanceFact.class.getPermittedSubclasses().length);
        sentences.forEach((fact, sentence) ->
                assertThat(AuditFold.entry(WHERE, fact, 1, T0).summary()).isEqualTo(sentence));
    }

    @Test
    void updateSummary_namesAdminStateAndChangedFields() {
        assertThat(summary(AdminState.MAINTENANCE, "status", "weight"))
                .isEqualTo("user-service at 10.0.0.1:8080 was put into maintenance by carol: weight 100");
        assertThat(summary(AdminState.DRAINING, "status"))
                .isEqualTo("user-service at 10.0.0.1:8080 was set draining by carol");
        assertThat(summary(AdminState.ACTIVE, "status", "ttl", "tags"))
                .isEqualTo("user-service at 10.0.0.1:8080 was made active by carol: ttl 5 s, tags");
        assertThat(summary(AdminState.MAINTENANCE, "version", "address", "protocol", "zone", "health_check"))
                .isEqualTo("user-service at 10.0.0.1:8080 was updated by carol: version 1.2.0, address 10.0.0.1,"
                        + " protocol http, zone eu-1, health_check");
    }

    private static String summary(AdminState adminState, String... changed) {
        var fact = declared("a", 2, adminState);
        return AuditFold.entry(
                        WHERE,
                        new InstanceUpdated(
                                fact.id(),
                                fact.version(),
                                fact.declaration(),
                                adminState,
                                List.of(changed),
                                fact.updatedAt(),
                                fact.envelope()),
                        1,
                        T0)
                .summary();
    }

    @Test
    void auditEntry_containsSourceAndCause() {
        var entry = AuditFold.entry(null, registered("a", 1), 12, T0);

        assertThat(entry.type()).isEqualTo("InstanceRegistered");
        assertThat(entry.instanceId()).isEqualTo("a");
        assertThat(entry.service()).isEqualTo("user-service");
        assertThat(entry.endpoint()).isEqualTo(WHERE);
        assertThat(entry.envelope().sourceAddress()).isEqualTo("10.9.9.9");
        assertThat(entry.cause()).isNull();
        assertThat(AuditFold.entry(WHERE, expired("a"), 13, T0).cause()).isEqualTo("No heartbeat for its ttl.");
    }

    @Test
    void summary_withoutAddress_usesInstanceId() {
        assertThat(AuditFold.entry(null, deregistered("a"), 1, T0).summary())
                .isEqualTo("user-service (a) was deregistered by bob");
    }

    @Test
    void leaseExtension_isAuditedForShard() {
        var entry =
                AuditFold.entry(new LeasesExtended("shard-3", T0, "pause", "The process stood still for 7 s."), 9, T0);

        assertThat(entry.instanceId()).isNull();
        assertThat(entry.cause()).isEqualTo("pause");
        assertThat(entry.summary())
                .isEqualTo(
                        "every lease of shard-3 runs anew from 2026-11-23T12:00:00Z: The process stood still for 7 s.");
    }
}
