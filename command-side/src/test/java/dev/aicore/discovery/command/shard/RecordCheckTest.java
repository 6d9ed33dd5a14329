package dev.aicore.discovery.command.shard;

import static dev.aicore.discovery.api.error.ErrorCode.UNKNOWN_INSTANCE;
import static dev.aicore.discovery.api.shard.ObservationKind.CHECK_FAILED;
import static dev.aicore.discovery.api.shard.ObservationKind.CHECK_PASSED;
import static dev.aicore.discovery.api.shard.ObservationKind.CHECK_PASSED_RENEWING;
import static dev.aicore.discovery.api.shard.ObservationKind.RENEWED;
import static dev.aicore.discovery.api.shard.ObservationKind.REPORTED_UNHEALTHY;
import static dev.aicore.discovery.command.shard.ShardFixture.given;
import static dev.aicore.discovery.command.shard.ShardSamples.BY_CHECK;
import static dev.aicore.discovery.command.shard.ShardSamples.FAILED;
import static dev.aicore.discovery.command.shard.ShardSamples.NOON;
import static dev.aicore.discovery.command.shard.ShardSamples.PASSED;
import static dev.aicore.discovery.command.shard.ShardSamples.TTL;
import static dev.aicore.discovery.command.shard.ShardSamples.after;
import static dev.aicore.discovery.command.shard.ShardSamples.by;
import static dev.aicore.discovery.command.shard.ShardSamples.check;
import static dev.aicore.discovery.command.shard.ShardSamples.checked;
import static dev.aicore.discovery.command.shard.ShardSamples.declaration;
import static dev.aicore.discovery.command.shard.ShardSamples.expired;
import static dev.aicore.discovery.command.shard.ShardSamples.failed;
import static dev.aicore.discovery.command.shard.ShardSamples.heartbeat;
import static dev.aicore.discovery.command.shard.ShardSamples.observe;
import static dev.aicore.discovery.command.shard.ShardSamples.observed;
import static dev.aicore.discovery.command.shard.ShardSamples.passed;
import static dev.aicore.discovery.command.shard.ShardSamples.registered;
import static dev.aicore.discovery.command.shard.ShardSamples.removed;
import static dev.aicore.discovery.command.shard.ShardSamples.turned;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.aicore.discovery.api.health.CheckResult;
import dev.aicore.discovery.api.health.HealthState;
import dev.aicore.discovery.api.health.RecordCheck;
import dev.aicore.discovery.api.instance.Declaration;
import dev.aicore.discovery.api.instance.InstanceRegistered;
import dev.aicore.discovery.api.instance.InstanceRevived;
import dev.aicore.discovery.api.shard.ObservationPacker;
import org.junit.jupiter.api.Test;

class RecordCheckTest {

    private static final Declaration THREE_AND_TWO = declaration("orders", 100, TTL, check(3, 2));

    @Test
    void failedChecks_atThreshold_turnUnhealthy() {
        given(registered("a", 0, THREE_AND_TWO))
                .after(after(1), checked("a", CHECK_FAILED))
                .when(after(2), checked("a", CHECK_FAILED))
                .events(observed(after(2), 0, CHECK_FAILED));
        given(registered("a", 0, THREE_AND_TWO))
                .after(after(1), checked("a", CHECK_FAILED))
                .after(after(2), checked("a", CHECK_FAILED))
                .when(after(3), checked("a", CHECK_FAILED))
                .events(observed(after(3), 0, CHECK_FAILED), failed(after(3), FAILED, FAILED, FAILED));
    }

    @Test
    void failedChecks_ofOneBatch_countTowardsThreshold() {
        given(registered("a", 0, THREE_AND_TWO))
                .when(after(1), checked("a", CHECK_FAILED), checked("a", CHECK_FAILED), checked("a", CHECK_FAILED))
                .events(
                        observed(after(1), 0, CHECK_FAILED),
                        observed(after(1), 0, CHECK_FAILED),
                        observed(after(1), 0, CHECK_FAILED),
                        failed(after(1), FAILED, FAILED, FAILED));
    }

    @Test
    void passedCheck_resetsFailureCount() {
        given(registered("a", 0, THREE_AND_TWO))
                .after(after(1), checked("a", CHECK_FAILED), checked("a", CHECK_FAILED))
                .after(after(2), checked("a", CHECK_PASSED))
                .when(after(3), checked("a", CHECK_FAILED))
                .events(observed(after(3), 0, CHECK_FAILED));
    }

    @Test
    void heartbeatAndResult_ofOneBatch_precedeHealthChangeAsOneEvent() {
        var both = new ObservationPacker(after(3).toEpochMilli());
        observe(both, 0, RENEWED);
        observe(both, 0, CHECK_FAILED);
        given(registered("a", 0, THREE_AND_TWO))
                .after(after(1), checked("a", CHECK_FAILED))
                .after(after(2), checked("a", CHECK_FAILED))
                .when(after(3), heartbeat("a"), checked("a", CHECK_FAILED))
                .events(both.toEvent(), failed(after(3), FAILED, FAILED, FAILED));
    }

    @Test
    void passedChecks_atThreshold_turnHealthy() {
        var changed = failed(after(1));
        given(registered("a", 0, THREE_AND_TWO), changed)
                .when(after(2), checked("a", CHECK_PASSED_RENEWING))
                .events(observed(after(2), 0, CHECK_PASSED_RENEWING));
        given(registered("a", 0, THREE_AND_TWO), changed)
                .after(after(2), checked("a", CHECK_PASSED_RENEWING))
                .when(after(3), checked("a", CHECK_PASSED))
                .events(observed(after(3), 0, CHECK_PASSED), passed(HealthState.UNHEALTHY, after(3), PASSED, PASSED));
    }

    @Test
    void startingInstance_atThreshold_turnsHealthy() {
        var starting = new InstanceRegistered("a", 0, 0, "ann", THREE_AND_TWO, HealthState.STARTING, NOON, by("ann"));
        given(starting).when(after(1), checked("a", CHECK_PASSED)).events(observed(after(1), 0, CHECK_PASSED));
        given(starting)
                .after(after(1), checked("a", CHECK_PASSED))
                .when(after(2), checked("a", CHECK_PASSED))
                .events(observed(after(2), 0, CHECK_PASSED), passed(HealthState.STARTING, after(2), PASSED, PASSED));
    }

    @Test
    void reportedHealth_withCheck_countsTowardsThreshold() {
        given(registered("a", 0, THREE_AND_TWO))
                .after(after(1), heartbeat("a", REPORTED_UNHEALTHY))
                .after(after(2), checked("a", CHECK_FAILED))
                .when(after(3), heartbeat("a", REPORTED_UNHEALTHY))
                .events(
                        observed(after(3), 0, REPORTED_UNHEALTHY),
                        turned(
                                "a",
                                HealthState.HEALTHY,
                                HealthState.UNHEALTHY,
                                3,
                                "Its heartbeat reported unhealthy.",
                                after(3),
                                by("ann"),
                                CheckResult.reported(NOON, false),
                                FAILED,
                                CheckResult.reported(NOON, false)));
    }

    @Test
    void renewingPass_revivesExpiredInstance() {
        given(registered("a", 0, THREE_AND_TWO), expired("a"))
                .when(after(40), checked("a", CHECK_PASSED_RENEWING))
                .events(
                        new InstanceRevived("a", 0, 0, 1, THREE_AND_TWO, after(40), "A check passed.", BY_CHECK),
                        observed(after(40), 0, CHECK_PASSED_RENEWING));
    }

    @Test
    void nonRenewingPass_doesNotReviveExpiredInstance() {
        given(registered("a", 0, THREE_AND_TWO), expired("a"))
                .when(after(40), checked("a", CHECK_PASSED))
                .events(observed(after(40), 0, CHECK_PASSED));
    }

    @Test
    void renewingPass_ofRemovedInstance_isRefused() {
        given(registered("a", 0, THREE_AND_TWO), expired("a"), removed("a"))
                .when(after(100), checked("a", CHECK_PASSED_RENEWING))
                .nothing()
                .refusals(UNKNOWN_INSTANCE);
    }

    @Test
    void recordCheck_withInvalidNumbers_isRejected() {
        for (int reason : new int[] {-1, 0}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> new RecordCheck("a", CHECK_FAILED, reason, 0, 0, BY_CHECK));
        }
        for (int latencyClass : new int[] {-1, 31}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> new RecordCheck("a", CHECK_PASSED, 0, latencyClass, 0, BY_CHECK))
                    .withMessageContaining(Integer.toString(latencyClass));
        }
        assertThatIllegalArgumentException().isThrownBy(() -> new RecordCheck("a", CHECK_PASSED, 7, 0, 0, BY_CHECK));
    }
}
