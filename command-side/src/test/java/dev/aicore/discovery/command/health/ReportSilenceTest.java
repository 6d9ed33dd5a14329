package dev.aicore.discovery.command.health;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aicore.discovery.api.health.HealthCheck;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ReportSilenceTest {

    private static final HealthCheck TTL_20 = new HealthCheck(HealthCheck.TTL, 20, 5, 3, 1, Map.of());

    private final ReportSilence silence = new ReportSilence();
    private long now = Duration.ofHours(1).toNanos();

    private boolean stepAfter(int seconds) {
        now += Duration.ofSeconds(seconds).toNanos();
        return silence.exceeds(TTL_20, now);
    }

    @Test
    void steps_areAQuarterOfTheTtl() {
        assertThat(ReportSilence.steps(TTL_20).interval()).isEqualTo(5);
        assertThat(ReportSilence.steps(new HealthCheck(HealthCheck.TTL, 1, 5, 3, 1, Map.of()))
                        .interval())
                .isEqualTo(1);
    }

    @Test
    void silence_longerThanTheTtl_exceedsUntilTheNextReport() {
        assertThat(stepAfter(0)).isFalse();
        for (int i = 0; i < 4; i++) {
            assertThat(stepAfter(5)).as("after %d steps", i + 1).isFalse();
        }
        assertThat(stepAfter(5)).isTrue();
        assertThat(stepAfter(5)).isTrue();

        silence.reported();
        assertThat(stepAfter(5)).isFalse();
    }

    @Test
    void report_shortlyBeforeAStep_isNotCountedFromTheStepBefore() {
        stepAfter(0);
        now += Duration.ofSeconds(4).toNanos();
        silence.reported();
        assertThat(stepAfter(1)).isFalse();
        for (int i = 0; i < 4; i++) {
            assertThat(stepAfter(5)).isFalse();
        }
        assertThat(stepAfter(5)).isTrue();
    }

    @Test
    void lateStep_beginsAnew() {
        stepAfter(0);
        stepAfter(5);
        stepAfter(5);

        assertThat(stepAfter(3_600)).as("the node stood still").isFalse();
        for (int i = 0; i < 4; i++) {
            assertThat(stepAfter(5)).isFalse();
        }
        assertThat(stepAfter(10))
                .as("a step that is late by no more than a step")
                .isTrue();
    }
}
