package dev.aicore.discovery.command.shard.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class DampingPolicyTest {

    private static final HealthPolicy CHECK = new HealthPolicy(3, 2);
    private static final DampingPolicy POLICY = new DampingPolicy(3, Duration.ofMinutes(10), 4);
    private static final long NOW = 1_000_000_000;

    @Test
    void transitions_beyondTolerance_requireMorePasses() {
        var healthTransitions = HealthTransitions.NONE.and(NOW - 3_000).and(NOW - 2_000);
        assertThat(POLICY.passesNeeded(CHECK, healthTransitions, NOW)).isZero();
        assertThat(POLICY.passesNeeded(CHECK, healthTransitions.and(NOW - 1_000), NOW))
                .isEqualTo(8);
    }

    @Test
    void transitions_olderThanWindow_areIgnored() {
        long window = POLICY.window().toMillis();
        var healthTransitions =
                HealthTransitions.NONE.and(NOW - window).and(NOW - 2_000).and(NOW - 1_000);
        assertThat(POLICY.passesNeeded(CHECK, healthTransitions, NOW)).isZero();
        assertThat(POLICY.passesNeeded(CHECK, healthTransitions, NOW - 1)).isEqualTo(8);
    }

    @Test
    void factorOne_disablesDamping() {
        var none = new DampingPolicy(1, Duration.ofMinutes(10), 1);
        assertThat(none.passesNeeded(CHECK, HealthTransitions.NONE.and(NOW - 2).and(NOW - 1), NOW))
                .isZero();
    }

    @Test
    void transitionHistory_coversMaximumTolerance() {
        var healthTransitions = HealthTransitions.NONE;
        for (int i = 20; i > 0; i--) {
            healthTransitions = healthTransitions.and(NOW - i);
        }
        assertThat(new DampingPolicy(15, Duration.ofMinutes(1), 2).passesNeeded(CHECK, healthTransitions, NOW))
                .isEqualTo(4);
    }
}
