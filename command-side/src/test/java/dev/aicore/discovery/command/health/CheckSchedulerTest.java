package dev.aicore.discovery.command.health;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aicore.discovery.api.health.HealthCheck;
import dev.aicore.discovery.command.health.CheckScheduler.StateCounts;
import dev.aicore.discovery.healthchecks.probe.Prober.Probe;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Tests when checks begin, and how many run at the same time. */
class CheckSchedulerTest extends CheckSchedulerFixture {

    @Test
    void firstChecks_areSpreadOverOneInterval() {
        var wide = schedule(1_000);
        watch(wide, 1_000, 0);

        for (int second = 1; second <= 10; second++) {
            assertThat(wide.begin(at(second * 1_000L)))
                    .as("in second %d", second)
                    .hasSizeBetween(60, 140);
        }
        assertThat(wide.countStates().underWay()).isEqualTo(1_000);
    }

    @Test
    void interval_variesAndIsNeverExceeded() {
        checkScheduler.watch(SHARD, probe("a"), at(0));
        long previous = firstDue();
        var intervals = new ArrayList<Long>();
        for (int i = 0; i < 200; i++) {
            var runningCheck = next(previous);
            intervals.add(runningCheck.dueAt() - previous);
            previous = runningCheck.dueAt();
            end(checkScheduler, runningCheck, runningCheck.begunAt());
        }
        assertThat(intervals)
                .allSatisfy(interval -> assertThat(interval).isBetween(at(9_000) - ORIGIN, at(10_000) - ORIGIN));
        assertThat(intervals.stream().distinct().count())
                .as("distinct intervals")
                .isGreaterThan(100);
    }

    @Test
    void check_beginsWithinOneTickAfterDueTime() {
        watch(checkScheduler, 50, 0);

        for (long millis = 0; millis <= INTERVAL_MILLIS + 10; millis++) {
            for (var runningCheck : checkScheduler.begin(at(millis))) {
                assertThat(runningCheck.lag()).isBetween(0L, CheckWheel.TICK_NANOS + 1_000_000);
                end(checkScheduler, runningCheck, at(millis));
            }
        }
        assertThat(checkScheduler.countStates()).isEqualTo(new StateCounts(0, 50, 0, 0, 0));
    }

    @Test
    void concurrentChecks_areLimited() {
        watch(checkScheduler, 1_000, 0);

        var begun = checkScheduler.begin(at(INTERVAL_MILLIS));

        assertThat(begun).hasSize(100);
        assertThat(checkScheduler.countStates()).isEqualTo(new StateCounts(1_000, 0, 0, 100, 900));
        assertThat(checkScheduler.hasReady()).isFalse();
        assertThat(checkScheduler.begin(at(INTERVAL_MILLIS))).isEmpty();
        end(checkScheduler, begun.getFirst(), at(INTERVAL_MILLIS));
        assertThat(checkScheduler.hasReady()).isTrue();
        assertThat(checkScheduler.begin(at(INTERVAL_MILLIS + 1)))
                .singleElement()
                .satisfies(runningCheck -> assertThat(runningCheck.watched().id)
                        .isNotEqualTo(begun.getFirst().watched().id));
    }

    @Test
    void waitingChecks_areOnePerInstance() {
        watch(checkScheduler, 1_000, 0);
        checkScheduler.begin(at(INTERVAL_MILLIS));

        for (int interval = 2; interval < 100; interval++) {
            assertThat(checkScheduler.begin(at(interval * INTERVAL_MILLIS))).isEmpty();
        }

        assertThat(checkScheduler.countStates()).isEqualTo(new StateCounts(1_000, 0, 0, 100, 900));
    }

    @Test
    void overload_causesLagWithoutCatchUp() {
        var narrow = schedule(1);
        watch(narrow, 2, 0);
        var first = narrow.begin(at(INTERVAL_MILLIS)).getFirst();
        end(narrow, first, at(5 * INTERVAL_MILLIS));

        var second = narrow.begin(at(5 * INTERVAL_MILLIS)).getFirst();

        assertThat(second.watched().id).isNotEqualTo(first.watched().id);
        assertThat(second.lag()).isGreaterThanOrEqualTo(at(4 * INTERVAL_MILLIS) - ORIGIN);
        end(narrow, second, at(5 * INTERVAL_MILLIS));
        var third = narrow.begin(at(5 * INTERVAL_MILLIS + 10)).getFirst();
        assertThat(third.lag()).isLessThanOrEqualTo(CheckWheel.TICK_NANOS);
    }

    @Test
    void instance_hasAtMostOneCheckAtOnce() {
        checkScheduler.watch(SHARD, probe("a"), at(0));
        var slow = checkScheduler.begin(at(INTERVAL_MILLIS)).getFirst();

        checkScheduler.watch(SHARD, probe("a", 9_999), at(INTERVAL_MILLIS));
        assertThat(checkScheduler.poll(probe("a", 9_999), at(INTERVAL_MILLIS))).isNotDone();
        checkScheduler.remove(SHARD, "a");
        checkScheduler.watch(SHARD, probe("a", 9_998), at(INTERVAL_MILLIS));

        assertThat(checkScheduler.begin(at(9 * INTERVAL_MILLIS))).isEmpty();
        end(checkScheduler, slow, at(9 * INTERVAL_MILLIS));
        assertThat(checkScheduler.begin(at(9 * INTERVAL_MILLIS))).hasSize(1);
    }

    @Test
    void heavyChecks_useAtMostHalfOfCapacity() {
        var ids = new HashMap<String, Integer>();
        watch(checkScheduler, 300, 0, "heavy");
        for (int round = 1; round <= 12; round++) {
            for (var runningCheck : checkScheduler.begin(at(round * INTERVAL_MILLIS))) {
                ids.merge(runningCheck.watched().id, 1, Integer::sum);
                end(checkScheduler, runningCheck, at(round * INTERVAL_MILLIS + 400));
            }
        }
        assertThat(ids).as("all instances are classified as heavy").hasSize(300);
        assertThat(ids.values()).allSatisfy(times -> assertThat(times).isGreaterThanOrEqualTo(2));
        assertThat(checkScheduler.begin(at(100 * INTERVAL_MILLIS))).hasSize(50);

        watch(checkScheduler, 30, 100 * INTERVAL_MILLIS, "light");
        var begun = checkScheduler.begin(at(101 * INTERVAL_MILLIS));

        assertThat(begun)
                .hasSize(30)
                .allSatisfy(run -> assertThat(run.watched().id).startsWith("light"));
        assertThat(checkScheduler.countStates().underWay()).isEqualTo(80);
    }

    @Test
    void instance_afterTwoSlowChecks_isHeavyUntilQuickCheck() {
        checkScheduler.watch(SHARD, probe("a"), at(0));
        assertThat(heavyAfter(1, 400))
                .as("one slow check does not make an instance heavy")
                .isFalse();
        assertThat(heavyAfter(2, 0)).isFalse();
        assertThat(heavyAfter(3, 400)).isFalse();
        assertThat(heavyAfter(4, 400)).isTrue();
        assertThat(heavyAfter(5, 400)).isTrue();
        assertThat(heavyAfter(6, 0)).isFalse();
    }

    /** Lets the check of a round take some time, and returns true if the instance is heavy afterwards. */
    private boolean heavyAfter(int round, long tookMillis) {
        var runningCheck = checkScheduler.begin(at(round * INTERVAL_MILLIS)).getFirst();
        end(checkScheduler, runningCheck, at(round * INTERVAL_MILLIS + tookMillis));
        return runningCheck.watched().heavy;
    }

    @Test
    void standstill_losesNoCheckAndRestoresSpread() {
        watch(checkScheduler, 90, 0);
        var hours = 5 * 3_600_000L;

        var begun = checkScheduler.begin(at(hours));

        assertThat(begun).hasSize(90);
        begun.forEach(runningCheck -> end(checkScheduler, runningCheck, at(hours)));
        var again = new ArrayList<RunningCheck>();
        for (int second = 1; second <= 10; second++) {
            var next = checkScheduler.begin(at(hours + second * 1_000L));
            assertThat(next).as("in second %d", second).hasSizeBetween(2, 20);
            again.addAll(next);
        }
        assertThat(again)
                .extracting(run -> run.watched().id)
                .doesNotHaveDuplicates()
                .hasSize(90);
    }

    @Test
    void longInterval_beyondOneWheelTurn_isHonoured() {
        var check = new HealthCheck("tcp", 3_600, 1, 1, 1, Map.of());
        checkScheduler.watch(SHARD, new Probe("a", "10.0.0.1", 80, "tcp", check), at(0));
        var begun = new ArrayList<RunningCheck>();
        for (long millis = 0; millis <= 3_600_000; millis += 500) {
            begun.addAll(checkScheduler.begin(at(millis)));
        }
        assertThat(begun)
                .singleElement()
                .satisfies(runningCheck -> assertThat(runningCheck.lag()).isBetween(0L, 510_000_000L));
    }

    @Test
    void quietTime_lastsUntilNextDueCheck() {
        assertThat(checkScheduler.nanosUntilDue(at(0), 1_000_000_000)).isEqualTo(1_000_000_000);
        checkScheduler.watch(SHARD, probe("a"), at(0));
        checkScheduler.begin(at(0));

        long quiet = checkScheduler.nanosUntilDue(at(0), Long.MAX_VALUE / 4);

        assertThat(checkScheduler.begin(at(0) + quiet - 1)).isEmpty();
        assertThat(checkScheduler.begin(at(0) + quiet)).hasSize(1);
    }

    @Test
    void quietTime_duringRunningCheck_isOneTick() {
        checkScheduler.watch(SHARD, probe("a"), at(0));
        checkScheduler.begin(at(INTERVAL_MILLIS));

        assertThat(checkScheduler.nanosUntilDue(at(INTERVAL_MILLIS), 1_000_000_000))
                .isEqualTo(CheckWheel.TICK_NANOS);
    }

    @Test
    void results_areCountedByState() {
        watch(checkScheduler, 4, 0);
        List<RunningCheck> begun = checkScheduler.begin(at(INTERVAL_MILLIS));
        checkScheduler.end(begun.get(0), true, at(INTERVAL_MILLIS));
        checkScheduler.end(begun.get(1), false, at(INTERVAL_MILLIS));
        checkScheduler.end(begun.get(2), null, at(INTERVAL_MILLIS));

        assertThat(checkScheduler.countStates()).isEqualTo(new StateCounts(2, 1, 1, 1, 0));
    }

    private RunningCheck next(long after) {
        for (long now = after; ; now += CheckWheel.TICK_NANOS) {
            Collection<RunningCheck> begun = checkScheduler.begin(now);
            if (!begun.isEmpty()) {
                return begun.iterator().next();
            }
        }
    }

    private long firstDue() {
        var runningCheck = next(at(0));
        end(checkScheduler, runningCheck, runningCheck.begunAt());
        return runningCheck.dueAt();
    }
}
