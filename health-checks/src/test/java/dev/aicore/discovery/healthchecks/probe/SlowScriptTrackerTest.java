package dev.aicore.discovery.healthchecks.probe;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SlowScriptTrackerTest {

    private final SlowScriptTracker slow = new SlowScriptTracker();

    @Test
    void lastRun_decidesSlowness() {
        slow.recordRun("a", SlowScriptTracker.SLOW_NANOS - 1);
        assertThat(slow.contains("a")).isFalse();
        slow.recordRun("a", SlowScriptTracker.SLOW_NANOS);
        assertThat(slow.contains("a")).isTrue();
        slow.recordRun("a", 0);
        assertThat(slow.contains("a")).isFalse();
    }

    @Test
    void cache_beyondLimit_evictsLeastRecentRun() {
        for (int i = 0; i < SlowScriptTracker.MAX_SIZE; i++) {
            slow.recordRun("a-" + i, SlowScriptTracker.SLOW_NANOS);
        }
        slow.recordRun("a-0", SlowScriptTracker.SLOW_NANOS);

        slow.recordRun("b", SlowScriptTracker.SLOW_NANOS);

        assertThat(slow.contains("a-0")).isTrue();
        assertThat(slow.contains("a-1")).isFalse();
        assertThat(slow.contains("b")).isTrue();
    }
}
