package dev.aicore.discovery.command.health;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aicore.discovery.command.health.CheckScheduler.StateCounts;
import org.junit.jupiter.api.Test;

/** Tests instances whose check changes or that are forgotten. */
class CheckTargetChangeTest extends CheckSchedulerFixture {

    @Test
    void result_afterCheckChange_isIgnored() {
        checkScheduler.watch(SHARD, probe("a"), at(0));
        var runningCheck = checkScheduler.begin(at(INTERVAL_MILLIS)).getFirst();

        checkScheduler.watch(SHARD, probe("a", 9_999), at(INTERVAL_MILLIS));

        assertThat(end(checkScheduler, runningCheck, at(INTERVAL_MILLIS))).isFalse();
        assertThat(checkScheduler.countStates()).isEqualTo(new StateCounts(1, 0, 0, 0, 0));
        assertThat(checkScheduler.begin(at(2 * INTERVAL_MILLIS)))
                .singleElement()
                .satisfies(next -> assertThat(next.probe().port()).isEqualTo(9_999));
    }

    @Test
    void result_afterForget_isIgnored() {
        checkScheduler.watch(SHARD, probe("a"), at(0));
        var runningCheck = checkScheduler.begin(at(INTERVAL_MILLIS)).getFirst();

        checkScheduler.remove(SHARD, "a");

        assertThat(end(checkScheduler, runningCheck, at(INTERVAL_MILLIS))).isFalse();
        assertThat(checkScheduler.countStates()).isEqualTo(new StateCounts(0, 0, 0, 0, 0));
        assertThat(checkScheduler.begin(at(9 * INTERVAL_MILLIS))).isEmpty();
    }

    @Test
    void result_afterForgetAndWatch_isIgnored() {
        checkScheduler.watch(SHARD, probe("a"), at(0));
        var runningCheck = checkScheduler.begin(at(INTERVAL_MILLIS)).getFirst();

        checkScheduler.remove(SHARD, "a");
        checkScheduler.watch(SHARD, probe("a"), at(INTERVAL_MILLIS));

        assertThat(end(checkScheduler, runningCheck, at(INTERVAL_MILLIS))).isFalse();
        assertThat(checkScheduler.countStates()).isEqualTo(new StateCounts(1, 0, 0, 0, 0));
    }

    @Test
    void watch_ofEqualProbe_changesNothing() {
        checkScheduler.watch(SHARD, probe("a"), at(0));
        var runningCheck = checkScheduler.begin(at(INTERVAL_MILLIS)).getFirst();

        checkScheduler.watch(SHARD, probe("a"), at(INTERVAL_MILLIS));

        assertThat(end(checkScheduler, runningCheck, at(INTERVAL_MILLIS))).isTrue();
        assertThat(checkScheduler.countStates()).isEqualTo(new StateCounts(0, 1, 0, 0, 0));
    }

    @Test
    void forget_removesInstanceCompletely() {
        watch(checkScheduler, 1_000, 0);
        checkScheduler.begin(at(INTERVAL_MILLIS));
        assertThat(checkScheduler.isWatched(SHARD, "a-1")).isTrue();

        for (int i = 0; i < 1_000; i++) {
            checkScheduler.remove(SHARD, "a-" + i);
        }

        assertThat(checkScheduler.isWatched(SHARD, "a-1")).isFalse();
        assertThat(checkScheduler.countStates().watched()).isZero();
        assertThat(checkScheduler.begin(at(9 * INTERVAL_MILLIS))).isEmpty();
    }

    @Test
    void forget_byOtherShard_hasNoEffect() {
        checkScheduler.watch(SHARD, probe("a"), at(0));

        checkScheduler.remove(SHARD + 1, "a");

        assertThat(checkScheduler.isWatched(SHARD, "a")).isTrue();
        assertThat(checkScheduler.begin(at(INTERVAL_MILLIS))).hasSize(1);
    }
}
