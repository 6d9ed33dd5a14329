package dev.aicore.discovery.command.probe;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SlowScriptsTest {

    private final SlowScripts slow = new SlowScripts();

    @Test
    void theLastRunDecides() {
        slow.ran("a", SlowScripts.SLOW_NANOS - 1);
        assertThat(slow.contains("a")).isFalse();
        slow.ran("a", SlowScripts.SLOW_NANOS);
        assertThat(slow.contains("a")).isTrue();
        slow.ran("a", 0);
        assertThat(slow.contains("a")).isFalse();
    }

    @Test
    void whoRanLongestAgoIsForgottenFirst() {
        for (int i = 0; i < SlowScripts.MOST_KEPT; i++) {
            slow.ran("a-" + i, SlowScripts.SLOW_NANOS);
        }
        slow.ran("a-0", SlowScripts.SLOW_NANOS);

        slow.ran("b", SlowScripts.SLOW_NANOS);

        assertThat(slow.contains("a-0")).isTrue();
        assertThat(slow.contains("a-1")).isFalse();
        assertThat(slow.contains("b")).isTrue();
    }
}
