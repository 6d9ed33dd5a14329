package dev.aicore.discovery.healthchecks.probe;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SlowScriptCacheTest {

    private final SlowScriptCache slow = new SlowScriptCache();

    @Test
    void lastRun_decidesSlowness() {
        slow.recordRun("a", SlowScriptCache.SLOW_NANOS - 1);
        assertThat(slow.contains("a")).isFalse();
        slow.recordRun("a", SlowScriptCache.SLOW_NANOS);
        assertThat(slow.contains("a")).isTrue();
        slow.recordRun("a", 0);
        assertThat(slow.contains("a")).isFalse();
    }

    @Test
    void cache_beyondLimit_evictsLeastRecentRun() {
        for (int i = 0; i < SlowScriptCache.MAX_SIZE; i++) {
            slow.recordRun("a-" + i, SlowScriptCache.SLOW_NANOS);
        }
        slow.recordRun("a-0", SlowScriptCache.SLOW_NANOS);

        slow.recordRun("b", SlowScriptCache.SLOW_NANOS);

        assertThat(slow.contains("a-0")).isTrue();
        assertThat(slow.contains("a-1")).isFalse();
        assertThat(slow.contains("b")).isTrue();
    }
}
