package dev.aicore.discovery.command.shard.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.aicore.discovery.api.health.CallReport;
import dev.aicore.discovery.api.shard.ByteReader;
import dev.aicore.discovery.api.shard.ByteWriter;
import dev.aicore.discovery.command.shard.policy.CallWindow.Tally;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CallWindowTest {

    private static final int ANN = CallWindow.reporter("ann");
    private static final int BOB = CallWindow.reporter("bob");
    private static final int NEVER_SLOW = 31;

    @Test
    void tally_countsNewestCalls() {
        var callWindow = checked(CallWindow.NONE, 30, true);
        callWindow = checked(callWindow, 10, false);

        assertThat(callWindow.tally(100, NEVER_SLOW)).isEqualTo(new Tally(40, 10, 0));
        assertThat(callWindow.tally(20, NEVER_SLOW)).isEqualTo(new Tally(20, 10, 0));
        assertThat(callWindow.tally(5, NEVER_SLOW)).isEqualTo(new Tally(5, 5, 0));
    }

    @Test
    void singleReport_countsForLessThanHalfTheWindow() {
        var callWindow = checked(CallWindow.NONE, 100, true).reported(new CallReport(0, 10_000), ANN);

        assertThat(callWindow.tally(100, NEVER_SLOW)).isEqualTo(new Tally(100, 49, 0));
        assertThat(callWindow.tally(20, NEVER_SLOW)).isEqualTo(new Tally(20, 9, 0));
        assertThat(callWindow.tally(11, NEVER_SLOW)).isEqualTo(new Tally(11, 5, 0));
    }

    @Test
    void repeatedReports_ofOneReporter_countForLessThanHalfTheWindow() {
        var callWindow = checked(CallWindow.NONE, 100, true);
        for (int i = 0; i < 500; i++) {
            callWindow = callWindow.reported(new CallReport(0, 1), ANN);
        }

        assertThat(callWindow.tally(100, NEVER_SLOW)).isEqualTo(new Tally(100, 49, 0));
        assertThat(callWindow.reported(new CallReport(0, 1), BOB).tally(100, NEVER_SLOW))
                .isEqualTo(new Tally(100, 50, 0));
    }

    @ParameterizedTest
    @CsvSource({"75, 25", "7_500, 2_500", "60, 20", "40, 40", "25, 75"})
    void reportSample_keepsFailureRate(int successes, int failures) {
        double rate = (double) failures / (successes + failures);
        var tally = CallWindow.NONE
                .reported(new CallReport(successes, failures), ANN)
                .tally(100, NEVER_SLOW);

        assertThat(tally.calls()).isEqualTo(49);
        assertThat((double) tally.failures() / tally.calls()).isCloseTo(rate, within(0.05));
    }

    @Test
    void reports_ofManyReporters_fillTheWindow() {
        var callWindow = CallWindow.NONE;
        for (int reporter = 1; reporter <= 40; reporter++) {
            callWindow = callWindow.reported(new CallReport(7, 7), reporter);
        }

        assertThat(callWindow.tally(CallWindow.MAX_CALLS, NEVER_SLOW).calls()).isEqualTo(CallWindow.MAX_CALLS);
    }

    @Test
    void largeReport_isScaledDownAndKeepsFailures() {
        var callWindow = CallWindow.NONE.reported(new CallReport(9_999, 1), ANN);

        assertThat(callWindow.tally(2 * CallWindow.MAX_CALLS, NEVER_SLOW)).isEqualTo(new Tally(100, 1, 0));
    }

    @Test
    void slowCalls_includePassedAndFailedCalls() {
        var callWindow = CallWindow.NONE
                .checked(true, 10)
                .checked(false, 11)
                .checked(true, 12)
                .checked(true, 3);

        assertThat(callWindow.tally(100, 11)).isEqualTo(new Tally(4, 1, 2));
    }

    @Test
    void addition_leavesEarlierWindowUnchanged() {
        var before = CallWindow.NONE.checked(true, 1);
        var after = before.checked(true, 1).checked(false, 1);

        assertThat(before.tally(100, NEVER_SLOW)).isEqualTo(new Tally(1, 0, 0));
        assertThat(after.tally(100, NEVER_SLOW)).isEqualTo(new Tally(3, 1, 0));
    }

    @Test
    void window_staysWithinLimitAndRoundTrips() {
        var random = new Random(7);
        var callWindow = CallWindow.NONE;
        for (int i = 0; i < 2_000; i++) {
            callWindow = random.nextBoolean()
                    ? callWindow.checked(random.nextBoolean(), random.nextInt(31))
                    : callWindow.reported(
                            new CallReport(random.nextInt(20), 1 + random.nextInt(20)), random.nextInt(1, 9));
            var all = callWindow.tally(CallWindow.MAX_CALLS * 2, NEVER_SLOW);
            assertThat(all.calls()).isPositive().isLessThanOrEqualTo(CallWindow.MAX_CALLS);
            var out = new ByteWriter(64);
            callWindow.write(out);
            var again = new ByteWriter(64);
            CallWindow.read(new ByteReader(out.toArray())).write(again);
            assertThat(again.toArray()).isEqualTo(out.toArray());
        }
    }

    @Test
    void read_ofOversizedWindow_isRejected() {
        var out = new ByteWriter(256);
        out.writeVarint(65);
        for (int i = 0; i < 65; i++) {
            out.writeVarint(1);
        }
        assertThatIllegalArgumentException().isThrownBy(() -> CallWindow.read(new ByteReader(out.toArray())));
    }

    private static CallWindow checked(CallWindow callWindow, int count, boolean passed) {
        var window = callWindow;
        for (int i = 0; i < count; i++) {
            window = window.checked(passed, 2);
        }
        return window;
    }
}
