package dev.aicore.discovery.command.shard.policy;

import static dev.aicore.discovery.api.health.BreakerState.CLOSED;
import static dev.aicore.discovery.api.health.BreakerState.HALF_OPEN;
import static dev.aicore.discovery.api.health.BreakerState.OPEN;
import static org.assertj.core.api.Assertions.assertThat;

import dev.aicore.discovery.api.health.BreakerState;
import dev.aicore.discovery.api.health.CallReport;
import dev.aicore.discovery.command.shard.policy.CallWindow.Tally;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BreakerPolicyTest {

    private static final BreakerPolicy POLICY = policy(true, Duration.ofSeconds(2));

    private static BreakerPolicy policy(boolean enabled, Duration slowCall) {
        return policy(enabled, slowCall, 100, 20, 5);
    }

    private static BreakerPolicy policy(
            boolean enabled, Duration slowCall, int window, int minimumCalls, int halfOpenCalls) {
        return new BreakerPolicy(
                enabled, 50, 80, slowCall, window, minimumCalls, Duration.ofSeconds(30), halfOpenCalls, 0.5);
    }

    @ParameterizedTest
    @CsvSource({
        "20, 10, 0, true",
        "20, 9, 0, false",
        "19, 19, 0, false",
        "21, 10, 0, false",
        "20, 0, 16, true",
        "20, 0, 15, false"
    })
    void closedBreaker_atMinimumCallsAndRate_opens(int calls, int failures, int slow, boolean opens) {
        assertThat(POLICY.nextState(CLOSED, new Tally(calls, failures, slow))).isEqualTo(opens ? OPEN : null);
    }

    @ParameterizedTest
    @CsvSource({"4, 4, ", "5, 2, CLOSED", "5, 3, OPEN"})
    void halfOpenBreaker_afterTrialCalls_closesOrReopens(int calls, int failures, @Nullable BreakerState turned) {
        assertThat(POLICY.nextState(HALF_OPEN, new Tally(calls, failures, 0))).isEqualTo(turned);
    }

    @Test
    void openBreaker_ignoresCallResults() {
        assertThat(POLICY.nextState(OPEN, new Tally(100, 0, 0))).isNull();
        assertThat(POLICY.nextState(OPEN, new Tally(100, 100, 0))).isNull();
    }

    @Test
    void disabledBreaker_neverOpensButCloses() {
        var off = policy(false, Duration.ofSeconds(2));
        assertThat(off.nextState(CLOSED, new Tally(100, 100, 0))).isNull();
        assertThat(off.nextState(HALF_OPEN, new Tally(5, 5, 0))).isEqualTo(CLOSED);
    }

    @ParameterizedTest
    @CsvSource({"0, 1, false", "0, 2, true", "1, 3, false", "1, 4, true", "4, 10, true", "5, 10, false"})
    void ejection_isLimitedToHalf(int broken, int instances, boolean may) {
        assertThat(POLICY.mayEject(broken, instances)).isEqualTo(may);
    }

    @ParameterizedTest
    @CsvSource({"1000, 11", "1024, 11", "1025, 12", "2000, 12", "60000, 17"})
    void slowCalls_areLatencyClassesEntirelyAboveThreshold(int millis, int lowest) {
        var callWindow = CallWindow.NONE;
        for (int latencyClass = 0; latencyClass <= 30; latencyClass++) {
            callWindow = callWindow.checked(true, latencyClass);
        }
        assertThat(policy(true, Duration.ofMillis(millis))
                        .tally(CLOSED, callWindow)
                        .slow())
                .isEqualTo(31 - lowest);
    }

    @Test
    void halfOpenWindow_withSingleReporter_holdsTrialCalls() {
        var policy = policy(true, Duration.ofSeconds(2), 10, 10, 20);
        var callWindow = CallWindow.NONE.reported(new CallReport(30, 0), 1);
        assertThat(policy.nextState(HALF_OPEN, policy.tally(HALF_OPEN, callWindow)))
                .isEqualTo(CLOSED);
        assertThat(policy.tally(CLOSED, callWindow).calls()).isEqualTo(4);
    }

    @Test
    void singleReporter_withFullWindow_cannotOpenBreaker() {
        var callWindow = CallWindow.NONE;
        for (int i = 0; i < 100; i++) {
            callWindow = callWindow.checked(true, 0);
        }
        callWindow = callWindow.reported(new CallReport(0, 10_000), 1);
        assertThat(POLICY.nextState(CLOSED, POLICY.tally(CLOSED, callWindow))).isNull();
        callWindow = callWindow.reported(new CallReport(0, 1), 2);
        assertThat(POLICY.nextState(CLOSED, POLICY.tally(CLOSED, callWindow))).isEqualTo(OPEN);
    }

    @Test
    void words_describeFailureOrSlowRate() {
        assertThat(POLICY.describe(new Tally(20, 12, 0)))
                .isEqualTo("12 of the last 20 calls failed; 50 % open the circuit.");
        assertThat(POLICY.describe(new Tally(20, 1, 18)))
                .isEqualTo("18 of the last 20 calls were slow; 80 % open the circuit.");
    }
}
