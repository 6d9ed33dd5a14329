package dev.aicore.discovery.command.shard;

import static dev.aicore.discovery.api.shard.ObservationKind.CHECK_FAILED;
import static dev.aicore.discovery.api.shard.ObservationKind.CHECK_PASSED;
import static dev.aicore.discovery.command.shard.ShardSamples.NOON;
import static dev.aicore.discovery.command.shard.ShardSamples.TTL;
import static dev.aicore.discovery.command.shard.ShardSamples.after;
import static dev.aicore.discovery.command.shard.ShardSamples.by;
import static dev.aicore.discovery.command.shard.ShardSamples.check;
import static dev.aicore.discovery.command.shard.ShardSamples.checked;
import static dev.aicore.discovery.command.shard.ShardSamples.declaration;
import static dev.aicore.discovery.command.shard.ShardSamples.register;
import static org.assertj.core.api.Assertions.assertThat;

import dev.aicore.discovery.api.health.HealthChanged;
import dev.aicore.discovery.api.health.HealthState;
import dev.aicore.discovery.api.shard.ObservationKind;
import dev.aicore.discovery.command.shard.policy.DampingPolicy;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Tests with two tolerated changes within ten minutes; after more changes six passes make an instance healthy instead
 * of two.
 */
class DampingTest {

    private static final ShardPolicies RULES = new ShardPolicies(
            ShardHarness.LONE.leases(),
            ShardHarness.LONE.cap(),
            new DampingPolicy(2, Duration.ofMinutes(10), 3),
            ShardHarness.LONE.breaker(),
            ShardHarness.FREE);

    private final ShardHarness shardHarness = new ShardHarness(CheckpointPolicy.DEFAULT, RULES);

    DampingTest() {
        shardHarness.ask(NOON, List.of(register("a", declaration("orders", 100, TTL, check(1, 2)), by("ann"))));
        result(1, CHECK_FAILED);
        result(2, CHECK_PASSED);
        result(3, CHECK_PASSED);
    }

    @Test
    void flappingInstance_needsMorePasses() {
        assertThat(turns()).extracting(HealthChanged::passesNeeded).containsExactly(0, 0);
        result(4, CHECK_FAILED);
        assertThat(turns().getLast().passesNeeded()).isEqualTo(6);

        for (int i = 5; i < 10; i++) {
            result(i, CHECK_PASSED);
            assertThat(shardHarness.state.get("a").healthState).isEqualTo(HealthState.UNHEALTHY);
        }
        result(10, CHECK_PASSED);
        assertThat(shardHarness.state.get("a").healthState).isEqualTo(HealthState.HEALTHY);
        assertThat(shardHarness.state.get("a").passesNeeded).isZero();
    }

    @Test
    void oldTransitions_doNotCount() {
        result(700, CHECK_FAILED);
        assertThat(turns().getLast().passesNeeded()).isZero();
    }

    private void result(double seconds, ObservationKind kind) {
        shardHarness.ask(after(seconds), List.of(checked("a", kind)));
    }

    private List<HealthChanged> turns() {
        return shardHarness.events.stream()
                .filter(HealthChanged.class::isInstance)
                .map(HealthChanged.class::cast)
                .toList();
    }
}
