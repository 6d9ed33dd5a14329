package dev.aicore.discovery.embedded.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class RestartBackOffTest {

    private final RestartBackOff backOff = new RestartBackOff();

    @Test
    void attemptsPerMinute_areBounded() {
        long now = 0;
        int attempts = 0;
        while (now < Duration.ofMinutes(1).toNanos()) {
            now += backOff.delayAfterFailure(now).toNanos();
            attempts++;
        }
        assertThat(attempts).isLessThanOrEqualTo(12);
        assertThat(backOff.delayAfterFailure(now)).isEqualTo(Duration.ofSeconds(10));
    }

    @Test
    void backOff_afterStableMinute_isReset() {
        for (int failure = 0; failure < 20; failure++) {
            backOff.delayAfterFailure(0);
        }
        assertThat(backOff.delayAfterFailure(Duration.ofSeconds(61).toNanos())).isEqualTo(Duration.ofMillis(100));
    }
}
