package dev.aicore.discovery.command.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.aicore.discovery.api.error.RegistryException;
import org.junit.jupiter.api.Test;

/** Tests checks that a caller requests. */
class OnDemandCheckTest extends CheckSchedulerFixture {

    @Test
    void onDemandCheck_usesWatchedProbe() {
        checkScheduler.watch(SHARD, probe("a", 9_999), at(0));

        var asker = checkScheduler.poll(probe("a"), at(1));

        assertThat(checkScheduler.begin(at(1))).singleElement().satisfies(runningCheck -> {
            assertThat(runningCheck.askers()).containsExactly(asker);
            assertThat(runningCheck.probe().port()).isEqualTo(9_999);
        });
    }

    @Test
    void onDemandCheck_beginsBeforeWaitingChecks() {
        watch(checkScheduler, 1_000, 0);
        var begun = checkScheduler.begin(at(INTERVAL_MILLIS));
        var asker = checkScheduler.poll(probe("b"), at(INTERVAL_MILLIS));
        end(checkScheduler, begun.getFirst(), at(INTERVAL_MILLIS));

        var runningCheck = checkScheduler.begin(at(INTERVAL_MILLIS)).getFirst();

        assertThat(runningCheck.watched().id).isEqualTo("b");
        assertThat(runningCheck.askers()).containsExactly(asker);
        assertThat(checkScheduler.countStates().watched())
                .as("an on-demand check does not add a watched instance")
                .isEqualTo(1_000);
        assertThat(end(checkScheduler, runningCheck, at(INTERVAL_MILLIS))).isTrue();
        assertThat(checkScheduler.isWatched(-1, "b")).isFalse();
    }

    @Test
    void onDemandCheck_duringRunningCheck_waitsForNextCheck() {
        checkScheduler.watch(SHARD, probe("a"), at(0));
        var before = checkScheduler.begin(at(INTERVAL_MILLIS)).getFirst();
        var asker = checkScheduler.poll(probe("a"), at(INTERVAL_MILLIS));
        assertThat(before.askers()).isEmpty();

        end(checkScheduler, before, at(INTERVAL_MILLIS));

        assertThat(checkScheduler.begin(at(INTERVAL_MILLIS)).getFirst().askers())
                .containsExactly(asker);
    }

    @Test
    void onDemandCheck_afterCheckChange_getsNextResult() {
        checkScheduler.watch(SHARD, probe("a"), at(0));
        var asker = checkScheduler.poll(probe("a"), at(1));
        var stale = checkScheduler.begin(at(1)).getFirst();
        checkScheduler.watch(SHARD, probe("a", 9_999), at(1));

        assertThat(end(checkScheduler, stale, at(2))).isFalse();

        assertThat(checkScheduler.begin(at(2)).getFirst().askers()).containsExactly(asker);
    }

    @Test
    void onDemandCallers_perInstance_areLimited() {
        for (int i = 0; i < CheckScheduler.MAX_ON_DEMAND_CALLERS; i++) {
            assertThat(checkScheduler.poll(probe("a"), at(0))).isNotDone();
        }
        assertThatExceptionOfType(RegistryException.class).isThrownBy(() -> checkScheduler.poll(probe("a"), at(0)));
        assertThat(checkScheduler.begin(at(0))).hasSize(1);
    }
}
