package dev.aicore.discovery.command.monitor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.aicore.discovery.api.error.RegistryException;
import dev.aicore.discovery.api.instance.HealthCheck;
import dev.aicore.discovery.command.monitor.Schedule.Census;
import dev.aicore.discovery.command.probe.Probe;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Time is moved by hand, in milliseconds. The monotonic clock begins below zero, as it may. */
class ScheduleTest {

    private static final int SHARD = 3;
    private static final long ORIGIN = -5_000_000_000_000L;
    private static final long INTERVAL_MILLIS = 10_000;

    private final Schedule schedule = schedule(100);

    @Test
    void theFirstChecksAreSpreadOverOneInterval() {
        var wide = schedule(1_000);
        watch(wide, 1_000, 0);

        for (int second = 1; second <= 10; second++) {
            assertThat(wide.begin(at(second * 1_000L)))
                    .as("in second %d", second)
                    .hasSizeBetween(60, 140);
        }
        assertThat(wide.census().underWay()).isEqualTo(1_000);
    }

    @Test
    void theIntervalIsKeptAndNeverLengthened() {
        schedule.watch(SHARD, probe("a"), at(0));
        long previous = firstDue();
        var intervals = new ArrayList<Long>();
        for (int i = 0; i < 200; i++) {
            var run = next(previous);
            intervals.add(run.dueAt() - previous);
            previous = run.dueAt();
            end(schedule, run, run.begunAt());
        }
        assertThat(intervals)
                .allSatisfy(interval -> assertThat(interval).isBetween(at(9_000) - ORIGIN, at(10_000) - ORIGIN));
        assertThat(intervals.stream().distinct().count()).as("they differ").isGreaterThan(100);
    }

    @Test
    void nothingBeginsBeforeItIsDueAndAllOfItAtMostATickLate() {
        watch(schedule, 50, 0);

        for (long millis = 0; millis <= INTERVAL_MILLIS + 10; millis++) {
            for (var run : schedule.begin(at(millis))) {
                assertThat(run.lag()).isBetween(0L, CheckWheel.TICK_NANOS + 1_000_000);
                end(schedule, run, at(millis));
            }
        }
        assertThat(schedule.census()).isEqualTo(new Census(0, 50, 0, 0, 0));
    }

    @Test
    void noMoreThanAllowedAreUnderWayAndTheOthersWait() {
        watch(schedule, 1_000, 0);

        var begun = schedule.begin(at(INTERVAL_MILLIS));

        assertThat(begun).hasSize(100);
        assertThat(schedule.census()).isEqualTo(new Census(1_000, 0, 0, 100, 900));
        assertThat(schedule.hasReady()).isFalse();
        assertThat(schedule.begin(at(INTERVAL_MILLIS))).isEmpty();
        end(schedule, begun.getFirst(), at(INTERVAL_MILLIS));
        assertThat(schedule.hasReady()).isTrue();
        assertThat(schedule.begin(at(INTERVAL_MILLIS + 1)))
                .singleElement()
                .satisfies(run -> assertThat(run.watched().id)
                        .isNotEqualTo(begun.getFirst().watched().id));
    }

    @Test
    void whatWaitsIsOneForEachInstanceHoweverLongItLasts() {
        watch(schedule, 1_000, 0);
        schedule.begin(at(INTERVAL_MILLIS));

        for (int interval = 2; interval < 100; interval++) {
            assertThat(schedule.begin(at(interval * INTERVAL_MILLIS))).isEmpty();
        }

        assertThat(schedule.census()).isEqualTo(new Census(1_000, 0, 0, 100, 900));
    }

    @Test
    void overloadShowsAsLagAndIsNotMadeUpFor() {
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
    void anInstanceNeverHasTwoChecksAtOnce() {
        schedule.watch(SHARD, probe("a"), at(0));
        var slow = schedule.begin(at(INTERVAL_MILLIS)).getFirst();

        schedule.watch(SHARD, probe("a", 9_999), at(INTERVAL_MILLIS));
        assertThat(schedule.look(probe("a", 9_999), at(INTERVAL_MILLIS))).isNotDone();
        schedule.forget(SHARD, "a");
        schedule.watch(SHARD, probe("a", 9_998), at(INTERVAL_MILLIS));

        assertThat(schedule.begin(at(9 * INTERVAL_MILLIS))).isEmpty();
        end(schedule, slow, at(9 * INTERVAL_MILLIS));
        assertThat(schedule.begin(at(9 * INTERVAL_MILLIS))).hasSize(1);
    }

    @Test
    void heavyChecksLeaveHalfOfTheRoomToTheOthers() {
        var ids = new HashMap<String, Integer>();
        watch(schedule, 300, 0, "heavy");
        for (int round = 1; round <= 12; round++) {
            for (var run : schedule.begin(at(round * INTERVAL_MILLIS))) {
                ids.merge(run.watched().id, 1, Integer::sum);
                end(schedule, run, at(round * INTERVAL_MILLIS + 400));
            }
        }
        assertThat(ids).as("all were found to be heavy").hasSize(300);
        assertThat(ids.values()).allSatisfy(times -> assertThat(times).isGreaterThanOrEqualTo(2));
        assertThat(schedule.begin(at(100 * INTERVAL_MILLIS))).hasSize(50);

        watch(schedule, 30, 100 * INTERVAL_MILLIS, "light");
        var begun = schedule.begin(at(101 * INTERVAL_MILLIS));

        assertThat(begun)
                .hasSize(30)
                .allSatisfy(run -> assertThat(run.watched().id).startsWith("light"));
        assertThat(schedule.census().underWay()).isEqualTo(80);
    }

    @Test
    void twoSlowChecksInARowMakeHeavyAndOneQuickCheckMakesLightAgain() {
        schedule.watch(SHARD, probe("a"), at(0));
        assertThat(heavyAfter(1, 400)).as("one may be an accident").isFalse();
        assertThat(heavyAfter(2, 0)).isFalse();
        assertThat(heavyAfter(3, 400)).isFalse();
        assertThat(heavyAfter(4, 400)).isTrue();
        assertThat(heavyAfter(5, 400)).isTrue();
        assertThat(heavyAfter(6, 0)).isFalse();
    }

    /** Has the check of a round take so long; whether the instance counts as heavy from then on. */
    private boolean heavyAfter(int round, long tookMillis) {
        var run = schedule.begin(at(round * INTERVAL_MILLIS)).getFirst();
        end(schedule, run, at(round * INTERVAL_MILLIS + tookMillis));
        return run.watched().heavy;
    }

    @Test
    void aResultOfWhatHasChangedMeanwhileDoesNotCount() {
        schedule.watch(SHARD, probe("a"), at(0));
        var run = schedule.begin(at(INTERVAL_MILLIS)).getFirst();

        schedule.watch(SHARD, probe("a", 9_999), at(INTERVAL_MILLIS));

        assertThat(end(schedule, run, at(INTERVAL_MILLIS))).isFalse();
        assertThat(schedule.census()).isEqualTo(new Census(1, 0, 0, 0, 0));
        assertThat(schedule.begin(at(2 * INTERVAL_MILLIS)))
                .singleElement()
                .satisfies(next -> assertThat(next.probe().port()).isEqualTo(9_999));
    }

    @Test
    void aResultOfWhatWasStoppedMeanwhileDoesNotCount() {
        schedule.watch(SHARD, probe("a"), at(0));
        var run = schedule.begin(at(INTERVAL_MILLIS)).getFirst();

        schedule.forget(SHARD, "a");

        assertThat(end(schedule, run, at(INTERVAL_MILLIS))).isFalse();
        assertThat(schedule.census()).isEqualTo(new Census(0, 0, 0, 0, 0));
        assertThat(schedule.begin(at(9 * INTERVAL_MILLIS))).isEmpty();
    }

    @Test
    void aResultOfAnEarlierLifeDoesNotCount() {
        schedule.watch(SHARD, probe("a"), at(0));
        var run = schedule.begin(at(INTERVAL_MILLIS)).getFirst();

        schedule.forget(SHARD, "a");
        schedule.watch(SHARD, probe("a"), at(INTERVAL_MILLIS));

        assertThat(end(schedule, run, at(INTERVAL_MILLIS))).isFalse();
        assertThat(schedule.census()).isEqualTo(new Census(1, 0, 0, 0, 0));
    }

    @Test
    void whoAsksDoesNotChangeWhatIsWatched() {
        schedule.watch(SHARD, probe("a", 9_999), at(0));

        var asker = schedule.look(probe("a"), at(1));

        assertThat(schedule.begin(at(1))).singleElement().satisfies(run -> {
            assertThat(run.askers()).containsExactly(asker);
            assertThat(run.probe().port()).isEqualTo(9_999);
        });
    }

    @Test
    void declaringTheSameAgainChangesNothing() {
        schedule.watch(SHARD, probe("a"), at(0));
        var run = schedule.begin(at(INTERVAL_MILLIS)).getFirst();

        schedule.watch(SHARD, probe("a"), at(INTERVAL_MILLIS));

        assertThat(end(schedule, run, at(INTERVAL_MILLIS))).isTrue();
        assertThat(schedule.census()).isEqualTo(new Census(0, 1, 0, 0, 0));
    }

    @Test
    void whatIsForgottenLeavesNothingBehind() {
        watch(schedule, 1_000, 0);
        schedule.begin(at(INTERVAL_MILLIS));
        assertThat(schedule.isWatched(SHARD, "a-1")).isTrue();

        for (int i = 0; i < 1_000; i++) {
            schedule.forget(SHARD, "a-" + i);
        }

        assertThat(schedule.isWatched(SHARD, "a-1")).isFalse();
        assertThat(schedule.census().watched()).isZero();
        assertThat(schedule.begin(at(9 * INTERVAL_MILLIS))).isEmpty();
    }

    @Test
    void anotherShardCannotForgetIt() {
        schedule.watch(SHARD, probe("a"), at(0));

        schedule.forget(SHARD + 1, "a");

        assertThat(schedule.isWatched(SHARD, "a")).isTrue();
        assertThat(schedule.begin(at(INTERVAL_MILLIS))).hasSize(1);
    }

    @Test
    void whoAsksIsServedFirst() {
        watch(schedule, 1_000, 0);
        var begun = schedule.begin(at(INTERVAL_MILLIS));
        var asker = schedule.look(probe("b"), at(INTERVAL_MILLIS));
        end(schedule, begun.getFirst(), at(INTERVAL_MILLIS));

        var run = schedule.begin(at(INTERVAL_MILLIS)).getFirst();

        assertThat(run.watched().id).isEqualTo("b");
        assertThat(run.askers()).containsExactly(asker);
        assertThat(schedule.census().watched()).as("it is looked at once").isEqualTo(1_000);
        assertThat(end(schedule, run, at(INTERVAL_MILLIS))).isTrue();
        assertThat(schedule.isWatched(-1, "b")).isFalse();
    }

    @Test
    void aCheckThatBeganBeforeIsNotTheOneThatWasAskedFor() {
        schedule.watch(SHARD, probe("a"), at(0));
        var before = schedule.begin(at(INTERVAL_MILLIS)).getFirst();
        var asker = schedule.look(probe("a"), at(INTERVAL_MILLIS));
        assertThat(before.askers()).isEmpty();

        end(schedule, before, at(INTERVAL_MILLIS));

        assertThat(schedule.begin(at(INTERVAL_MILLIS)).getFirst().askers()).containsExactly(asker);
    }

    @Test
    void whoAskedForWhatChangedMeanwhileGetsTheNextResult() {
        schedule.watch(SHARD, probe("a"), at(0));
        var asker = schedule.look(probe("a"), at(1));
        var stale = schedule.begin(at(1)).getFirst();
        schedule.watch(SHARD, probe("a", 9_999), at(1));

        assertThat(end(schedule, stale, at(2))).isFalse();

        assertThat(schedule.begin(at(2)).getFirst().askers()).containsExactly(asker);
    }

    @Test
    void noMoreThanAFewMayWaitForOneInstance() {
        for (int i = 0; i < Schedule.MOST_ASKERS; i++) {
            assertThat(schedule.look(probe("a"), at(0))).isNotDone();
        }
        assertThatExceptionOfType(RegistryException.class).isThrownBy(() -> schedule.look(probe("a"), at(0)));
        assertThat(schedule.begin(at(0))).hasSize(1);
    }

    @Test
    void aStandstillLosesNothingAndAllAreSpreadAgain() {
        watch(schedule, 90, 0);
        var hours = 5 * 3_600_000L;

        var begun = schedule.begin(at(hours));

        assertThat(begun).hasSize(90);
        begun.forEach(run -> end(schedule, run, at(hours)));
        var again = new ArrayList<Run>();
        for (int second = 1; second <= 10; second++) {
            var next = schedule.begin(at(hours + second * 1_000L));
            assertThat(next).as("in second %d", second).hasSizeBetween(2, 20);
            again.addAll(next);
        }
        assertThat(again)
                .extracting(run -> run.watched().id)
                .doesNotHaveDuplicates()
                .hasSize(90);
    }

    @Test
    void longIntervalsGoRoundTheWheelMoreThanOnce() {
        var check = new HealthCheck("tcp", 3_600, 1, 1, 1, Map.of());
        schedule.watch(SHARD, new Probe("a", "10.0.0.1", 80, "tcp", check), at(0));
        var begun = new ArrayList<Run>();
        for (long millis = 0; millis <= 3_600_000; millis += 500) {
            begun.addAll(schedule.begin(at(millis)));
        }
        assertThat(begun).singleElement().satisfies(run -> assertThat(run.lag()).isBetween(0L, 510_000_000L));
    }

    @Test
    void itKnowsHowLongThereIsNothingToDo() {
        assertThat(schedule.quiet(at(0), 1_000_000_000)).isEqualTo(1_000_000_000);
        schedule.watch(SHARD, probe("a"), at(0));
        schedule.begin(at(0));

        long quiet = schedule.quiet(at(0), Long.MAX_VALUE / 4);

        assertThat(schedule.begin(at(0) + quiet - 1)).isEmpty();
        assertThat(schedule.begin(at(0) + quiet)).hasSize(1);
    }

    @Test
    void whileSomethingIsUnderWayItIsLookedAtEachTick() {
        schedule.watch(SHARD, probe("a"), at(0));
        schedule.begin(at(INTERVAL_MILLIS));

        assertThat(schedule.quiet(at(INTERVAL_MILLIS), 1_000_000_000)).isEqualTo(CheckWheel.TICK_NANOS);
    }

    @Test
    void resultsAreCounted() {
        watch(schedule, 4, 0);
        List<Run> begun = schedule.begin(at(INTERVAL_MILLIS));
        schedule.end(begun.get(0), true, at(INTERVAL_MILLIS));
        schedule.end(begun.get(1), false, at(INTERVAL_MILLIS));
        schedule.end(begun.get(2), null, at(INTERVAL_MILLIS));

        assertThat(schedule.census()).isEqualTo(new Census(2, 1, 1, 1, 0));
    }

    private Run next(long after) {
        for (long now = after; ; now += CheckWheel.TICK_NANOS) {
            Collection<Run> begun = schedule.begin(now);
            if (!begun.isEmpty()) {
                return begun.iterator().next();
            }
        }
    }

    private long firstDue() {
        var run = next(at(0));
        end(schedule, run, run.begunAt());
        return run.dueAt();
    }

    private static boolean end(Schedule schedule, Run run, long now) {
        return schedule.end(run, true, now);
    }

    private static void watch(Schedule schedule, int instances, long millis) {
        watch(schedule, instances, millis, "a");
    }

    private static void watch(Schedule schedule, int instances, long millis, String prefix) {
        for (int i = 0; i < instances; i++) {
            schedule.watch(SHARD, probe(prefix + "-" + i), at(millis));
        }
    }

    private static Schedule schedule(int most) {
        return new Schedule(most, new SplittableRandom(7), ORIGIN);
    }

    private static Probe probe(String id) {
        return probe(id, 80);
    }

    private static Probe probe(String id, int port) {
        var check = new HealthCheck("http", (int) INTERVAL_MILLIS / 1_000, 1, 3, 2, Map.of());
        return new Probe(id, "10.0.0.1", port, "http", check);
    }

    private static long at(long millis) {
        return ORIGIN + millis * 1_000_000;
    }
}
