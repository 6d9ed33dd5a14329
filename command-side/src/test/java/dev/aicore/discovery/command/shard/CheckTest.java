package dev.aicore.discovery.command.shard;

import static dev.aicore.discovery.api.error.ErrorCode.UNKNOWN_INSTANCE;
import static dev.aicore.discovery.api.shard.ObservationKind.CHECK_FAILED;
import static dev.aicore.discovery.api.shard.ObservationKind.CHECK_PASSED;
import static dev.aicore.discovery.api.shard.ObservationKind.CHECK_PASSED_RENEWING;
import static dev.aicore.discovery.api.shard.ObservationKind.RENEWED;
import static dev.aicore.discovery.api.shard.ObservationKind.REPORTED_UNHEALTHY;
import static dev.aicore.discovery.command.shard.Samples.BY_CHECK;
import static dev.aicore.discovery.command.shard.Samples.FAILED;
import static dev.aicore.discovery.command.shard.Samples.NOON;
import static dev.aicore.discovery.command.shard.Samples.PASSED;
import static dev.aicore.discovery.command.shard.Samples.TTL;
import static dev.aicore.discovery.command.shard.Samples.after;
import static dev.aicore.discovery.command.shard.Samples.by;
import static dev.aicore.discovery.command.shard.Samples.check;
import static dev.aicore.discovery.command.shard.Samples.checked;
import static dev.aicore.discovery.command.shard.Samples.declaration;
import static dev.aicore.discovery.command.shard.Samples.expired;
import static dev.aicore.discovery.command.shard.Samples.failed;
import static dev.aicore.discovery.command.shard.Samples.heartbeat;
import static dev.aicore.discovery.command.shard.Samples.observe;
import static dev.aicore.discovery.command.shard.Samples.observed;
import static dev.aicore.discovery.command.shard.Samples.passed;
import static dev.aicore.discovery.command.shard.Samples.registered;
import static dev.aicore.discovery.command.shard.Samples.removed;
import static dev.aicore.discovery.command.shard.Samples.turned;
import static dev.aicore.discovery.command.shard.ShardFixture.given;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.aicore.discovery.api.health.CheckResult;
import dev.aicore.discovery.api.instance.Declaration;
import dev.aicore.discovery.api.instance.Health;
import dev.aicore.discovery.api.instance.InstanceRegistered;
import dev.aicore.discovery.api.instance.InstanceRevived;
import dev.aicore.discovery.api.shard.ObservationPacker;
import dev.aicore.discovery.api.shard.RecordCheck;
import org.junit.jupiter.api.Test;

class CheckTest {

    private static final Declaration THREE_AND_TWO = declaration("orders", 100, TTL, check(3, 2));

    @Test
    void turnsUnhealthyAtTheThresholdAndNotBefore() {
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
    void theThresholdCountsWithinABatchToo() {
        given(registered("a", 0, THREE_AND_TWO))
                .when(after(1), checked("a", CHECK_FAILED), checked("a", CHECK_FAILED), checked("a", CHECK_FAILED))
                .events(
                        observed(after(1), 0, CHECK_FAILED),
                        observed(after(1), 0, CHECK_FAILED),
                        observed(after(1), 0, CHECK_FAILED),
                        failed(after(1), FAILED, FAILED, FAILED));
    }

    @Test
    void onePassBetweenBeginsTheCountAnew() {
        given(registered("a", 0, THREE_AND_TWO))
                .after(after(1), checked("a", CHECK_FAILED), checked("a", CHECK_FAILED))
                .after(after(2), checked("a", CHECK_PASSED))
                .when(after(3), checked("a", CHECK_FAILED))
                .events(observed(after(3), 0, CHECK_FAILED));
    }

    @Test
    void aHeartbeatOfTheSameBatchLeavesWithTheResultAndBeforeTheTurn() {
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
    void turnsHealthyAtTheThresholdAndNotBefore() {
        var turned = failed(after(1));
        given(registered("a", 0, THREE_AND_TWO), turned)
                .when(after(2), checked("a", CHECK_PASSED_RENEWING))
                .events(observed(after(2), 0, CHECK_PASSED_RENEWING));
        given(registered("a", 0, THREE_AND_TWO), turned)
                .after(after(2), checked("a", CHECK_PASSED_RENEWING))
                .when(after(3), checked("a", CHECK_PASSED))
                .events(observed(after(3), 0, CHECK_PASSED), passed(Health.UNHEALTHY, after(3), PASSED, PASSED));
    }

    @Test
    void aStartingOneIsUnknownUntilEnoughResultsAgree() {
        var starting = new InstanceRegistered("a", 0, 0, "ann", THREE_AND_TWO, Health.STARTING, NOON, by("ann"));
        given(starting).when(after(1), checked("a", CHECK_PASSED)).events(observed(after(1), 0, CHECK_PASSED));
        given(starting)
                .after(after(1), checked("a", CHECK_PASSED))
                .when(after(2), checked("a", CHECK_PASSED))
                .events(observed(after(2), 0, CHECK_PASSED), passed(Health.STARTING, after(2), PASSED, PASSED));
    }

    @Test
    void whatTheInstanceSaysCountsLikeACheckWhereOneIsDeclared() {
        given(registered("a", 0, THREE_AND_TWO))
                .after(after(1), heartbeat("a", REPORTED_UNHEALTHY))
                .after(after(2), checked("a", CHECK_FAILED))
                .when(after(3), heartbeat("a", REPORTED_UNHEALTHY))
                .events(
                        observed(after(3), 0, REPORTED_UNHEALTHY),
                        turned(
                                "a",
                                Health.HEALTHY,
                                Health.UNHEALTHY,
                                3,
                                "It said in its heartbeat that it is unhealthy.",
                                after(3),
                                by("ann"),
                                CheckResult.said(NOON, false),
                                FAILED,
                                CheckResult.said(NOON, false)));
    }

    @Test
    void aPassThatRenewsRevivesAnExpiredOne() {
        given(registered("a", 0, THREE_AND_TWO), expired("a"))
                .when(after(40), checked("a", CHECK_PASSED_RENEWING))
                .events(
                        new InstanceRevived("a", 0, 0, 1, THREE_AND_TWO, after(40), "A check of it passed.", BY_CHECK),
                        observed(after(40), 0, CHECK_PASSED_RENEWING));
    }

    @Test
    void oneThatDoesntRenewBringsNobodyBack() {
        given(registered("a", 0, THREE_AND_TWO), expired("a"))
                .when(after(40), checked("a", CHECK_PASSED))
                .events(observed(after(40), 0, CHECK_PASSED));
    }

    @Test
    void noCheckBringsBackWhatIsRemoved() {
        given(registered("a", 0, THREE_AND_TWO), expired("a"), removed("a"))
                .when(after(100), checked("a", CHECK_PASSED_RENEWING))
                .nothing()
                .refusals(UNKNOWN_INSTANCE);
    }

    @Test
    void itsNumbersAreThoseThatCanBeToldAgain() {
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
