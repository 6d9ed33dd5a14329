package dev.aicore.discovery.command.batching;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class PauseDetectorTest {

    private static final long MILLI = 1_000_000;

    private final PauseDetector detector = new PauseDetector(Duration.ofMillis(100), Duration.ofSeconds(1), 0, 10_000);

    @Test
    void punctualTick_isNoPause() {
        assertThat(detector.check(100 * MILLI, 10_100)).isNull();
        assertThat(detector.check(900 * MILLI, 10_900)).isNull();
    }

    @Test
    void lateTick_isPause() {
        assertThat(detector.check(1_101 * MILLI, 11_101))
                .isEqualTo(new PauseDetector.Pause(1101, 1101, "The registry was paused for 1101 ms."));
        assertThat(detector.check(1_201 * MILLI, 11_201)).isNull();
    }

    @Test
    void wallClockJump_inEitherDirection_isPause() {
        assertThat(detector.check(100 * MILLI, 3_610_100))
                .isEqualTo(new PauseDetector.Pause(3600000, 0, "The wall clock jumped by 3600000 ms."));
        assertThat(detector.check(200 * MILLI, 10_200))
                .isEqualTo(new PauseDetector.Pause(3600000, 0, "The wall clock jumped by 3600000 ms."));
        assertThat(detector.check(300 * MILLI, 10_300)).isNull();
    }

    @Test
    void machineSleep_isWallClockJump() {
        assertThat(detector.check(100 * MILLI, 15_100))
                .isEqualTo(new PauseDetector.Pause(5000, 0, "The wall clock jumped by 5000 ms."));
    }
}
