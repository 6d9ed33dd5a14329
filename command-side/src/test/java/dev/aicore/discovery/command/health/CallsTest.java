package dev.aicore.discovery.command.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.aicore.discovery.api.shard.Bytes;
import dev.aicore.discovery.api.shard.BytesReader;
import dev.aicore.discovery.api.shard.CallOutcomes;
import dev.aicore.discovery.command.health.Calls.Tally;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CallsTest {

    private static final int ANN = Calls.reporter("ann");
    private static final int BOB = Calls.reporter("bob");
    private static final int NEVER_SLOW = 31;

    @Test
    void countsTheNewestOfAWindow() {
        var calls = checked(Calls.NONE, 30, true);
        calls = checked(calls, 10, false);

        assertThat(calls.tally(100, NEVER_SLOW)).isEqualTo(new Tally(40, 10, 0));
        assertThat(calls.tally(20, NEVER_SLOW)).isEqualTo(new Tally(20, 10, 0));
        assertThat(calls.tally(5, NEVER_SLOW)).isEqualTo(new Tally(5, 5, 0));
    }

    @Test
    void oneReporterCountsForLessThanHalfAWindow() {
        var calls = checked(Calls.NONE, 100, true).reported(new CallOutcomes(0, 10_000), ANN);

        assertThat(calls.tally(100, NEVER_SLOW)).isEqualTo(new Tally(100, 49, 0));
        assertThat(calls.tally(20, NEVER_SLOW)).isEqualTo(new Tally(20, 9, 0));
        assertThat(calls.tally(11, NEVER_SLOW)).isEqualTo(new Tally(11, 5, 0));
    }

    @Test
    void manyReportsOfOneCountForNoMore() {
        var calls = checked(Calls.NONE, 100, true);
        for (int i = 0; i < 500; i++) {
            calls = calls.reported(new CallOutcomes(0, 1), ANN);
        }

        assertThat(calls.tally(100, NEVER_SLOW)).isEqualTo(new Tally(100, 49, 0));
        assertThat(calls.reported(new CallOutcomes(0, 1), BOB).tally(100, NEVER_SLOW))
                .isEqualTo(new Tally(100, 50, 0));
    }

    @ParameterizedTest
    @CsvSource({"75, 25", "7_500, 2_500", "60, 20", "40, 40", "25, 75"})
    void whatIsTakenOfAReportFailedAboutAsOftenAsAllOfIt(int successes, int failures) {
        double rate = (double) failures / (successes + failures);
        var tally =
                Calls.NONE.reported(new CallOutcomes(successes, failures), ANN).tally(100, NEVER_SLOW);

        assertThat(tally.calls()).isEqualTo(49);
        assertThat((double) tally.failures() / tally.calls()).isCloseTo(rate, within(0.05));
    }

    @Test
    void reportsOfManyFillAWindow() {
        var calls = Calls.NONE;
        for (int reporter = 1; reporter <= 40; reporter++) {
            calls = calls.reported(new CallOutcomes(7, 7), reporter);
        }

        assertThat(calls.tally(Calls.MOST, NEVER_SLOW).calls()).isEqualTo(Calls.MOST);
    }

    @Test
    void aLargeReportIsScaledDownAndKeepsItsFailures() {
        var calls = Calls.NONE.reported(new CallOutcomes(9_999, 1), ANN);

        assertThat(calls.tally(2 * Calls.MOST, NEVER_SLOW)).isEqualTo(new Tally(100, 1, 0));
    }

    @Test
    void slowIsWhatTookAsLongAsThatWhetherItPassedOrNot() {
        var calls = Calls.NONE
                .checked(true, 10)
                .checked(false, 11)
                .checked(true, 12)
                .checked(true, 3);

        assertThat(calls.tally(100, 11)).isEqualTo(new Tally(4, 1, 2));
    }

    @Test
    void addingLeavesTheOldOnesAsTheyWere() {
        var before = Calls.NONE.checked(true, 1);
        var after = before.checked(true, 1).checked(false, 1);

        assertThat(before.tally(100, NEVER_SLOW)).isEqualTo(new Tally(1, 0, 0));
        assertThat(after.tally(100, NEVER_SLOW)).isEqualTo(new Tally(3, 1, 0));
    }

    @Test
    void noMoreIsKeptThanIsSaidWhateverComesAndAllOfItIsReadAgain() {
        var random = new Random(7);
        var calls = Calls.NONE;
        for (int i = 0; i < 2_000; i++) {
            calls = random.nextBoolean()
                    ? calls.checked(random.nextBoolean(), random.nextInt(31))
                    : calls.reported(
                            new CallOutcomes(random.nextInt(20), 1 + random.nextInt(20)), random.nextInt(1, 9));
            var all = calls.tally(Calls.MOST * 2, NEVER_SLOW);
            assertThat(all.calls()).isPositive().isLessThanOrEqualTo(Calls.MOST);
            var out = new Bytes(64);
            calls.write(out);
            var again = new Bytes(64);
            Calls.read(new BytesReader(out.toArray())).write(again);
            assertThat(again.toArray()).isEqualTo(out.toArray());
        }
    }

    @Test
    void moreThanIsEverKeptIsNotRead() {
        var out = new Bytes(256);
        out.varint(65);
        for (int i = 0; i < 65; i++) {
            out.varint(1);
        }
        assertThatIllegalArgumentException().isThrownBy(() -> Calls.read(new BytesReader(out.toArray())));
    }

    private static Calls checked(Calls calls, int count, boolean passed) {
        var more = calls;
        for (int i = 0; i < count; i++) {
            more = more.checked(passed, 2);
        }
        return more;
    }
}
