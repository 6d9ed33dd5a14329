package dev.aicore.discovery.command.shard;

import static dev.aicore.discovery.api.error.ErrorCode.NO_ACTIVE_CHECK;
import static dev.aicore.discovery.api.shard.ObservationKind.CHECK_FAILED;
import static dev.aicore.discovery.api.shard.ObservationKind.CHECK_PASSED;
import static dev.aicore.discovery.api.shard.ObservationKind.RENEWED;
import static dev.aicore.discovery.api.shard.ObservationKind.REPORTED_HEALTHY;
import static dev.aicore.discovery.api.shard.ObservationKind.REPORTED_UNHEALTHY;
import static dev.aicore.discovery.command.shard.ShardFixture.given;
import static dev.aicore.discovery.command.shard.ShardSamples.FAILED;
import static dev.aicore.discovery.command.shard.ShardSamples.NOON;
import static dev.aicore.discovery.command.shard.ShardSamples.PASSED;
import static dev.aicore.discovery.command.shard.ShardSamples.TTL;
import static dev.aicore.discovery.command.shard.ShardSamples.after;
import static dev.aicore.discovery.command.shard.ShardSamples.by;
import static dev.aicore.discovery.command.shard.ShardSamples.check;
import static dev.aicore.discovery.command.shard.ShardSamples.checked;
import static dev.aicore.discovery.command.shard.ShardSamples.declaration;
import static dev.aicore.discovery.command.shard.ShardSamples.failed;
import static dev.aicore.discovery.command.shard.ShardSamples.heartbeat;
import static dev.aicore.discovery.command.shard.ShardSamples.observed;
import static dev.aicore.discovery.command.shard.ShardSamples.passed;
import static dev.aicore.discovery.command.shard.ShardSamples.register;
import static dev.aicore.discovery.command.shard.ShardSamples.registered;
import static dev.aicore.discovery.command.shard.ShardSamples.turned;
import static dev.aicore.discovery.command.shard.ShardSamples.update;
import static dev.aicore.discovery.command.shard.ShardSamples.updated;

import dev.aicore.discovery.api.health.CheckResult;
import dev.aicore.discovery.api.health.HealthChanged;
import dev.aicore.discovery.api.health.HealthCheck;
import dev.aicore.discovery.api.health.HealthState;
import dev.aicore.discovery.api.health.SwitchMonitoring;
import dev.aicore.discovery.api.instance.AdminState;
import dev.aicore.discovery.api.instance.Declaration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Tests that a result of checks or heartbeats reverts only earlier results of its own source. */
class HealthSourcesTest {

    private static final Declaration THREE_AND_TWO = declaration("orders", 100, TTL, check(3, 2));

    @Test
    void reportedHealth_doesNotRevertCheckResults() {
        given(registered("a", 0, THREE_AND_TWO))
                .after(after(1), checked("a", CHECK_FAILED), heartbeat("a", REPORTED_HEALTHY))
                .after(after(2), checked("a", CHECK_FAILED), heartbeat("a", REPORTED_HEALTHY))
                .when(after(3), checked("a", CHECK_FAILED))
                .events(
                        observed(after(3), 0, CHECK_FAILED),
                        failed(
                                after(3),
                                FAILED,
                                CheckResult.reported(NOON, true),
                                FAILED,
                                CheckResult.reported(NOON, true),
                                FAILED));
        failedThrice()
                .after(after(4), heartbeat("a", REPORTED_HEALTHY))
                .when(after(5), heartbeat("a", REPORTED_HEALTHY))
                .events(observed(after(5), 0, REPORTED_HEALTHY));
    }

    @Test
    void checkResults_doNotRevertReportedHealth() {
        given(registered("a", 0, THREE_AND_TWO))
                .after(after(1), heartbeat("a", REPORTED_UNHEALTHY), heartbeat("a", REPORTED_UNHEALTHY))
                .after(after(2), heartbeat("a", REPORTED_UNHEALTHY))
                .after(after(3), checked("a", CHECK_PASSED))
                .when(after(4), checked("a", CHECK_PASSED))
                .events(observed(after(4), 0, CHECK_PASSED));
    }

    @Test
    void plainHeartbeat_afterUnhealthyReports_leavesHealthToChecks() {
        given(registered("a", 0, THREE_AND_TWO))
                .after(after(1), heartbeat("a", REPORTED_UNHEALTHY), heartbeat("a", REPORTED_UNHEALTHY))
                .after(after(2), heartbeat("a", REPORTED_UNHEALTHY), heartbeat("a"), checked("a", CHECK_PASSED))
                .when(after(3), checked("a", CHECK_PASSED))
                .events(
                        observed(after(3), 0, CHECK_PASSED),
                        passed(
                                HealthState.UNHEALTHY,
                                after(3),
                                CheckResult.reported(NOON, false),
                                CheckResult.reported(NOON, false),
                                CheckResult.reported(NOON, false),
                                PASSED,
                                PASSED));
        given(registered("a", 0, THREE_AND_TWO))
                .after(after(1), heartbeat("a", REPORTED_UNHEALTHY), heartbeat("a", REPORTED_UNHEALTHY))
                .when(after(2), heartbeat("a"), checked("a", CHECK_FAILED))
                .events(observed(after(2), 0, RENEWED), observed(after(2), 0, CHECK_FAILED));
    }

    @Test
    void stoppedMonitoring_ignoresEarlierCheckFailures() {
        failedThrice()
                .after(after(4), new SwitchMonitoring("a", false, by("ann")))
                .after(after(5), heartbeat("a", REPORTED_HEALTHY))
                .when(after(6), heartbeat("a", REPORTED_HEALTHY))
                .events(
                        observed(after(6), 0, REPORTED_HEALTHY),
                        turned(
                                "a",
                                HealthState.UNHEALTHY,
                                HealthState.HEALTHY,
                                2,
                                "Its heartbeat reported healthy.",
                                after(6),
                                by("ann"),
                                FAILED,
                                FAILED,
                                FAILED,
                                CheckResult.reported(NOON, true),
                                CheckResult.reported(NOON, true)));
    }

    @Test
    void checkRemoval_revertsOnlyHealthFromChecks() {
        var unchecked = declaration("orders", 100, TTL, null);
        var changed = List.of("health_check");
        failedThrice()
                .when(after(4), update("a", "{\"health_check\":null}", null, by("ann")))
                .events(
                        updated("a", 2, unchecked, AdminState.ACTIVE, changed, after(4), by("ann")),
                        turnedHealthyByCheckRemoval(after(4), FAILED, FAILED, FAILED));
        var told = declaration("orders", 100, TTL, new HealthCheck("ttl", 10, 5, 3, 2, Map.of()));
        failedThrice()
                .when(after(4), register("a", told, by("ann")))
                .events(
                        updated("a", 2, told, AdminState.ACTIVE, changed, after(4), by("ann")),
                        turnedHealthyByCheckRemoval(after(4), FAILED, FAILED, FAILED));
        failedThrice()
                .when(after(4), register("a", unchecked, by("ann")))
                .events(
                        updated("a", 2, unchecked, AdminState.ACTIVE, changed, after(4), by("ann")),
                        turnedHealthyByCheckRemoval(after(4), FAILED, FAILED, FAILED));
        given(registered("a", 0, THREE_AND_TWO))
                .after(after(1), heartbeat("a", REPORTED_UNHEALTHY), heartbeat("a", REPORTED_UNHEALTHY))
                .after(after(2), heartbeat("a", REPORTED_UNHEALTHY))
                .when(after(4), update("a", "{\"health_check\":null}", null, by("ann")))
                .events(updated("a", 2, unchecked, AdminState.ACTIVE, changed, after(4), by("ann")));
    }

    @Test
    void checkResult_afterCheckRemoval_isRefused() {
        for (var check : List.of("null", "{\"check_type\":\"ttl\"}")) {
            given(registered("a", 0, THREE_AND_TWO))
                    .after(after(4), update("a", "{\"health_check\":" + check + "}", null, by("ann")))
                    .when(after(5), checked("a", CHECK_FAILED))
                    .nothing()
                    .refusals(NO_ACTIVE_CHECK);
        }
    }

    @Test
    void checkTypeChange_resetsFailureCount() {
        var tcp = new HealthCheck("tcp", 10, 5, 3, 2, Map.of());
        given(registered("a", 0, THREE_AND_TWO))
                .after(after(1), checked("a", CHECK_FAILED), checked("a", CHECK_FAILED))
                .after(after(2), register("a", declaration("orders", 100, TTL, tcp), by("ann")))
                .when(after(3), checked("a", CHECK_FAILED))
                .events(observed(after(3), 0, CHECK_FAILED));
        given(registered("a", 0, THREE_AND_TWO))
                .after(after(1), checked("a", CHECK_FAILED), checked("a", CHECK_FAILED))
                .after(after(2), register("a", declaration("orders", 100, TTL, check(3, 1)), by("ann")))
                .when(after(3), checked("a", CHECK_FAILED))
                .events(observed(after(3), 0, CHECK_FAILED), failed(after(3), FAILED, FAILED, FAILED));
    }

    private static ShardFixture failedThrice() {
        return given(registered("a", 0, THREE_AND_TWO))
                .after(after(1), checked("a", CHECK_FAILED), checked("a", CHECK_FAILED), checked("a", CHECK_FAILED));
    }

    private static HealthChanged turnedHealthyByCheckRemoval(Instant at, CheckResult... results) {
        return turned(
                "a", HealthState.UNHEALTHY, HealthState.HEALTHY, 0, "The check was removed.", at, by("ann"), results);
    }
}
