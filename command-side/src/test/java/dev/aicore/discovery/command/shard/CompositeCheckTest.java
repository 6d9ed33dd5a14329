package dev.aicore.discovery.command.shard;

import static dev.aicore.discovery.command.shard.ShardFixture.given;
import static dev.aicore.discovery.command.shard.ShardSamples.BY_CHECK;
import static dev.aicore.discovery.command.shard.ShardSamples.NOON;
import static dev.aicore.discovery.command.shard.ShardSamples.TTL;
import static dev.aicore.discovery.command.shard.ShardSamples.after;
import static dev.aicore.discovery.command.shard.ShardSamples.by;
import static dev.aicore.discovery.command.shard.ShardSamples.check;
import static dev.aicore.discovery.command.shard.ShardSamples.declaration;
import static dev.aicore.discovery.command.shard.ShardSamples.expire;
import static dev.aicore.discovery.command.shard.ShardSamples.expired;
import static dev.aicore.discovery.command.shard.ShardSamples.heartbeat;
import static dev.aicore.discovery.command.shard.ShardSamples.observed;
import static dev.aicore.discovery.command.shard.ShardSamples.register;
import static dev.aicore.discovery.command.shard.ShardSamples.registered;
import static dev.aicore.discovery.command.shard.ShardSamples.turned;
import static dev.aicore.discovery.command.shard.ShardSamples.update;
import static dev.aicore.discovery.command.shard.ShardSamples.updated;

import dev.aicore.discovery.api.EventMetadata;
import dev.aicore.discovery.api.error.ErrorCode;
import dev.aicore.discovery.api.health.ComponentCheck;
import dev.aicore.discovery.api.health.ComponentHealth;
import dev.aicore.discovery.api.health.CompositeCheck;
import dev.aicore.discovery.api.health.HealthCheck;
import dev.aicore.discovery.api.health.HealthState;
import dev.aicore.discovery.api.instance.AdminState;
import dev.aicore.discovery.api.instance.Declaration;
import dev.aicore.discovery.api.instance.InstanceRegistered;
import dev.aicore.discovery.api.instance.InstanceUpdated;
import dev.aicore.discovery.api.shard.ObservationKind;
import dev.aicore.discovery.api.shard.ObservationPacker;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Tests that an instance with several checks is as healthy as its worst check. */
class CompositeCheckTest {

    private static final Map<String, ComponentHealth> FINE =
            Map.of("alive", ComponentHealth.PASSING, "web", ComponentHealth.PASSING);

    /** Returns the declaration of an instance that reports {@code alive} itself, and whose {@code web} is checked. */
    private static Declaration composite(Map<String, ComponentHealth> statuses) {
        var components = new TreeMap<String, ComponentCheck>();
        statuses.forEach((id, status) -> components.put(id, new ComponentCheck(checkOf(id), "", "", status, "")));
        var check = new HealthCheck(HealthCheck.COMPOSITE, 10, 5, 3, 2, Map.of())
                .withComponents(new CompositeCheck(components));
        return declaration("orders", 100, TTL, check);
    }

    private static HealthCheck checkOf(String id) {
        return id.equals("alive") ? new HealthCheck(HealthCheck.TTL, 10, 5, 1, 1, Map.of()) : check(1, 1);
    }

    private static Declaration composite(ComponentHealth alive, ComponentHealth web) {
        return composite(Map.of("alive", alive, "web", web));
    }

    private static String patch(String id, String status) {
        return "{\"health_check\":{\"config\":{\"checks\":{\"" + id + "\":{\"status\":\"" + status + "\"}}}}}";
    }

    private static InstanceUpdated changed(int version, Declaration declaration, Instant at, EventMetadata metadata) {
        return updated("a", version, declaration, AdminState.ACTIVE, List.of("health_check"), at, metadata);
    }

    @Test
    void registration_startsWithTheWorstStatus() {
        var starting = composite(ComponentHealth.STARTING, ComponentHealth.WARNING);

        given().when(NOON, register("a", starting, by("ann")))
                .events(new InstanceRegistered("a", 0, 0, "ann", starting, HealthState.STARTING, NOON, by("ann")));
    }

    @Test
    void criticalCheck_makesTheInstanceUnhealthyUntilItPasses() {
        var failed = composite(ComponentHealth.PASSING, ComponentHealth.CRITICAL);
        given(registered("a", 0, composite(FINE)))
                .when(after(1), update("a", patch("web", "critical"), null, BY_CHECK))
                .events(
                        changed(2, failed, after(1), BY_CHECK),
                        turned(
                                "a",
                                HealthState.HEALTHY,
                                HealthState.UNHEALTHY,
                                0,
                                "Its worst check, web, is critical.",
                                after(1),
                                BY_CHECK));
        given(registered("a", 0, composite(FINE)))
                .after(after(1), update("a", patch("web", "critical"), null, BY_CHECK))
                .after(after(2), update("a", patch("alive", "critical"), null, by("ann")))
                .after(after(3), update("a", patch("web", "passing"), null, BY_CHECK))
                .when(after(4), update("a", patch("alive", "warning"), null, by("ann")))
                .events(
                        changed(5, composite(ComponentHealth.WARNING, ComponentHealth.PASSING), after(4), by("ann")),
                        turned(
                                "a",
                                HealthState.UNHEALTHY,
                                HealthState.HEALTHY,
                                0,
                                "Its worst check, alive, is warning.",
                                after(4),
                                by("ann")));
    }

    @Test
    void sameStatusAgain_recordsNothing() {
        given(registered("a", 0, composite(FINE)))
                .when(after(1), update("a", patch("web", "passing"), null, BY_CHECK))
                .nothing();
    }

    @Test
    void heartbeatWithHealth_renewsOnly() {
        given(registered("a", 0, composite(FINE)))
                .when(after(1), heartbeat("a", ObservationKind.REPORTED_UNHEALTHY))
                .events(observed(after(1), 0, ObservationKind.REPORTED_UNHEALTHY));
    }

    @Test
    void resultOfTheRegistry_doesNotRenewTheLease() {
        given(registered("a", 0, composite(FINE)))
                .after(after(20), update("a", patch("web", "warning"), null, BY_CHECK))
                .when(after(TTL), expire(after(TTL), "a"))
                .events(expired("a"));
    }

    @Test
    void registrationAgain_keepsTheResults() {
        given(registered("a", 0, composite(FINE)))
                .when(after(1), register("a", composite(ComponentHealth.STARTING, ComponentHealth.STARTING), by("ann")))
                .events(observedRenewal(after(1)));
    }

    private static Object observedRenewal(Instant at) {
        var packer = new ObservationPacker(at.toEpochMilli());
        packer.add(0, ObservationKind.RENEWED, at.toEpochMilli(), 0, 0);
        return packer.toEvent();
    }

    @Test
    void removedChecks_leaveAHealthyInstance() {
        var single = declaration("orders", 100, TTL, null);
        given(registered("a", 0, composite(FINE)))
                .after(after(1), update("a", patch("web", "critical"), null, BY_CHECK))
                .when(after(2), update("a", "{\"health_check\":null}", null, by("ann")))
                .events(
                        changed(3, single, after(2), by("ann")),
                        turned(
                                "a",
                                HealthState.UNHEALTHY,
                                HealthState.HEALTHY,
                                0,
                                "The check was removed.",
                                after(2),
                                by("ann")));
    }

    @Test
    void resultOfAFormerCheck_isRefused() {
        given(registered("a", 0, composite(FINE)))
                .when(after(1), ShardSamples.checked("a", ObservationKind.CHECK_FAILED))
                .nothing()
                .refusals(ErrorCode.NO_ACTIVE_CHECK);
    }
}
