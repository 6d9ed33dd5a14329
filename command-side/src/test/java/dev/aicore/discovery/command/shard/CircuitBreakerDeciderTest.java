package dev.aicore.discovery.command.shard;

import static dev.aicore.discovery.api.error.ErrorCode.UNKNOWN_INSTANCE;
import static dev.aicore.discovery.api.health.BreakerState.CLOSED;
import static dev.aicore.discovery.api.health.BreakerState.HALF_OPEN;
import static dev.aicore.discovery.api.health.BreakerState.OPEN;
import static dev.aicore.discovery.api.shard.ObservationKind.CHECK_FAILED;
import static dev.aicore.discovery.api.shard.ObservationKind.CHECK_PASSED;
import static dev.aicore.discovery.command.shard.ShardFixture.givenUnder;
import static dev.aicore.discovery.command.shard.ShardSamples.NOON;
import static dev.aicore.discovery.command.shard.ShardSamples.TTL;
import static dev.aicore.discovery.command.shard.ShardSamples.after;
import static dev.aicore.discovery.command.shard.ShardSamples.by;
import static dev.aicore.discovery.command.shard.ShardSamples.check;
import static dev.aicore.discovery.command.shard.ShardSamples.checked;
import static dev.aicore.discovery.command.shard.ShardSamples.declaration;
import static dev.aicore.discovery.command.shard.ShardSamples.expire;
import static dev.aicore.discovery.command.shard.ShardSamples.heartbeat;
import static dev.aicore.discovery.command.shard.ShardSamples.observed;
import static dev.aicore.discovery.command.shard.ShardSamples.registered;
import static dev.aicore.discovery.command.shard.ShardSamples.updated;
import static org.assertj.core.api.Assertions.assertThat;

import dev.aicore.discovery.api.EventMetadata;
import dev.aicore.discovery.api.Outcome;
import dev.aicore.discovery.api.health.BreakerState;
import dev.aicore.discovery.api.health.CallReport;
import dev.aicore.discovery.api.health.CircuitChanged;
import dev.aicore.discovery.api.health.HealthCheck;
import dev.aicore.discovery.api.health.ReportCalls;
import dev.aicore.discovery.api.instance.AdminState;
import dev.aicore.discovery.api.instance.Declaration;
import dev.aicore.discovery.api.instance.DeregisterInstance;
import dev.aicore.discovery.api.lease.Lease;
import dev.aicore.discovery.api.lease.Lease.Phase;
import dev.aicore.discovery.api.shard.CommandResult;
import dev.aicore.discovery.api.shard.ObservationKind;
import dev.aicore.discovery.api.shard.ObservationPacker;
import dev.aicore.discovery.api.shard.ObservationsRecorded;
import dev.aicore.discovery.command.shard.policy.BreakerPolicy;
import dev.aicore.discovery.command.shard.policy.CallWindow;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class CircuitBreakerDeciderTest {

    private static final Declaration PATIENT = declaration("orders", 100, TTL, check(100, 1));

    /** Ten calls of which half fail open the breaker for 20 s; two calls close it. */
    private static final ShardPolicies RULES = new ShardPolicies(
            ShardHarness.LONE.leases(),
            ShardHarness.LONE.cap(),
            ShardHarness.LONE.damping(),
            new BreakerPolicy(true, 50, 100, Duration.ofSeconds(60), 22, 10, Duration.ofSeconds(20), 2, 0.5),
            ShardHarness.FREE);

    private static final EventMetadata BY_TIME = EventMetadata.ofRegistry("circuit");
    private static final CallReport FIVE_OF_TEN = new CallReport(5, 5);

    @Test
    void callReports_atFailureRate_openBreaker() {
        givenTwo().when(after(1), report("a", new CallReport(6, 4))).events(reported(after(1), 6, 4));
        givenTwo()
                .when(after(1), report("a", FIVE_OF_TEN))
                .events(reported(after(1), 5, 5), opened("a", 10, 5, after(1), by("gateway")))
                .answers(new CommandResult(
                        new Outcome.Circuit("a", OPEN, new Lease("a", 0, Phase.LIVE, millis(after(21)))), 1));
    }

    @Test
    void checkResults_countTowardsFailureRate() {
        givenTwo()
                .after(after(1), report("a", new CallReport(5, 4)))
                .when(after(2), checked("a", CHECK_FAILED))
                .events(
                        observed(after(2), 0, CHECK_FAILED),
                        opened("a", 10, 5, after(2), EventMetadata.ofRegistry("check")));
    }

    @Test
    void callReports_ofOneBatch_countTogether() {
        givenTwo()
                .when(after(1), report("a", new CallReport(5, 4)), report("a", new CallReport(0, 1)))
                .events(
                        reported(after(1), 5, 4),
                        reported(after(1), 0, 1),
                        opened("a", 10, 5, after(1), by("gateway")));
    }

    @Test
    void principal_countsForLessThanHalfTheWindow() {
        var shardHarness = new ShardHarness(CheckpointPolicy.DEFAULT, RULES);
        shardHarness.ask(NOON, List.of(ShardSamples.register("a", PATIENT, by("ann")), ShardSamples.register("b")));
        for (int i = 0; i < 12; i++) {
            shardHarness.ask(after(1), List.of(checked("a", CHECK_PASSED)));
        }
        for (int i = 0; i < 10; i++) {
            shardHarness.ask(after(2), List.of(report("a", new CallReport(0, 10_000))));
        }
        assertThat(shardHarness.state.get("a").breakerState).isEqualTo(CLOSED);

        shardHarness.ask(after(3), List.of(new ReportCalls("a", new CallReport(0, 2), millis(NOON), by("other"))));
        assertThat(shardHarness.state.get("a").breakerState).isEqualTo(OPEN);
    }

    @Test
    void openBreakers_neverExceedHalfOfService() {
        givenTwo()
                .after(after(1), report("a", FIVE_OF_TEN))
                .when(after(2), report("b", FIVE_OF_TEN))
                .events(reported(after(2), 1, 5, 5));
        givenUnder(RULES, registered("a", 0, PATIENT))
                .when(after(1), report("a", FIVE_OF_TEN))
                .events(reported(after(1), 5, 5));
    }

    @Test
    void openBreaker_afterOpenTime_isHalfOpen() {
        givenTwo()
                .after(after(1), report("a", FIVE_OF_TEN))
                .when(after(20.9), expire(after(20.9), "a"))
                .nothing();
        givenTwo()
                .after(after(1), report("a", FIVE_OF_TEN))
                .when(after(21), expire(after(21), "a"))
                .events(halfOpened("a", after(21)));
    }

    @Test
    void trialCalls_closeOrReopenBreaker() {
        givenTwo()
                .after(after(1), report("a", FIVE_OF_TEN))
                .after(after(21), expire(after(21), "a"))
                .after(after(22), checked("a", CHECK_PASSED))
                .when(after(23), checked("a", CHECK_PASSED))
                .events(
                        observed(after(23), 0, CHECK_PASSED),
                        turned(
                                HALF_OPEN,
                                CLOSED,
                                2,
                                0,
                                "The trial calls succeeded.",
                                null,
                                after(23),
                                EventMetadata.ofRegistry("check")));
        givenTwo()
                .after(after(1), report("a", FIVE_OF_TEN))
                .after(after(21), expire(after(21), "a"))
                .when(after(22), report("a", new CallReport(1, 1)))
                .events(
                        reported(after(22), 1, 1),
                        turned(
                                HALF_OPEN,
                                OPEN,
                                2,
                                1,
                                "1 of the last 2 calls failed; 50 % open the circuit.",
                                after(42),
                                after(22),
                                by("gateway")));
    }

    @Test
    void halfOpenBreaker_atEjectionLimit_closesInsteadOfReopening() {
        givenTwo()
                .after(after(1), report("a", FIVE_OF_TEN))
                .after(after(2), new DeregisterInstance("b", by("ann")))
                .after(after(21), expire(after(21), "a"))
                .when(after(22), report("a", new CallReport(1, 1)))
                .events(
                        reported(after(22), 1, 1),
                        turned(
                                HALF_OPEN,
                                CLOSED,
                                2,
                                1,
                                "Another ejection would exceed the maximum share of its service.",
                                null,
                                after(22),
                                by("gateway")));
    }

    @Test
    void openBreaker_ignoresCallReports() {
        givenTwo()
                .after(after(1), report("a", FIVE_OF_TEN))
                .after(after(2), report("a", new CallReport(0, 50)))
                .after(after(21), expire(after(21), "a"))
                .when(after(22), report("a", new CallReport(1, 0)))
                .events(reported(after(22), 1, 0));
    }

    @Test
    void checkRemoval_closesBreaker() {
        for (var next : Arrays.asList(null, new HealthCheck("ttl", 10, 5, 3, 2, Map.of()))) {
            var unchecked = declaration("orders", 100, TTL, next);
            givenTwo()
                    .after(after(1), report("a", FIVE_OF_TEN))
                    .when(after(2), ShardSamples.register("a", unchecked, by("ann")))
                    .events(
                            updated("a", 2, unchecked, AdminState.ACTIVE, List.of("health_check"), after(2), by("ann")),
                            turned(OPEN, CLOSED, 0, 0, "The check was removed.", null, after(2), by("ann")));
        }
    }

    @Test
    void heartbeat_doesNotDelayHalfOpenTime() {
        givenTwo()
                .after(after(1), report("a", FIVE_OF_TEN))
                .when(after(5), heartbeat("a"))
                .answers(new CommandResult(
                        new Outcome.Renewed(new Lease("a", 0, Phase.LIVE, millis(after(21))), false), 0));
    }

    @Test
    void callReport_doesNotRenewLease() {
        givenTwo()
                .when(after(20), report("a", new CallReport(1, 0)))
                .answers(new CommandResult(
                        new Outcome.Circuit("a", CLOSED, new Lease("a", 0, Phase.LIVE, millis(after(TTL)))), 0));
    }

    @Test
    void callReport_afterHeartbeatInBatch_returnsRenewedLease() {
        var renewed = new Lease("a", 0, Phase.LIVE, millis(after(20 + TTL)));
        givenTwo()
                .when(after(20), heartbeat("a"), report("a", new CallReport(1, 0)))
                .answers(
                        new CommandResult(new Outcome.Renewed(renewed, false), 0),
                        new CommandResult(new Outcome.Circuit("a", CLOSED, renewed), 0));
    }

    @Test
    void callReport_ofUnknownInstance_isRefused() {
        givenTwo().when(after(1), report("c", FIVE_OF_TEN)).nothing().refusals(UNKNOWN_INSTANCE);
    }

    private static ShardFixture givenTwo() {
        return givenUnder(RULES, registered("a", 0, PATIENT), registered("b", 1, PATIENT));
    }

    private static ReportCalls report(String id, CallReport report) {
        return new ReportCalls(id, report, millis(NOON), by("gateway"));
    }

    private static ObservationsRecorded reported(Instant at, int successes, int failures) {
        return reported(at, 0, successes, failures);
    }

    private static ObservationsRecorded reported(Instant at, int slot, int successes, int failures) {
        var packer = new ObservationPacker(millis(at));
        packer.add(
                slot,
                ObservationKind.OUTCOMES_REPORTED_BY,
                millis(NOON),
                new CallReport(successes, failures).packed(),
                CallWindow.reporter("gateway"));
        return packer.toEvent();
    }

    private static CircuitChanged opened(String id, int calls, int failures, Instant at, EventMetadata metadata) {
        var cause = failures + " of the last " + calls + " calls failed; 50 % open the circuit.";
        return new CircuitChanged(
                id, "orders", CLOSED, OPEN, calls, failures, 0, cause, at.plusSeconds(20), at, metadata);
    }

    private static CircuitChanged halfOpened(String id, Instant at) {
        return new CircuitChanged(
                id,
                "orders",
                OPEN,
                HALF_OPEN,
                0,
                0,
                0,
                "It was open for 20 s; a few trial calls are permitted.",
                null,
                at,
                BY_TIME);
    }

    private static CircuitChanged turned(
            BreakerState from,
            BreakerState to,
            int calls,
            int failures,
            String cause,
            @Nullable Instant retryAt,
            Instant at,
            EventMetadata metadata) {
        return new CircuitChanged("a", "orders", from, to, calls, failures, 0, cause, retryAt, at, metadata);
    }

    private static long millis(Instant at) {
        return at.toEpochMilli();
    }
}
