package dev.aicore.discovery.command.shard;

import static dev.aicore.discovery.api.shard.ObservationKind.CHECK_FAILED;
import static dev.aicore.discovery.api.shard.ObservationKind.CHECK_PASSED;
import static dev.aicore.discovery.command.shard.Samples.NOON;
import static dev.aicore.discovery.command.shard.Samples.TTL;
import static dev.aicore.discovery.command.shard.Samples.after;
import static dev.aicore.discovery.command.shard.Samples.by;
import static dev.aicore.discovery.command.shard.Samples.check;
import static dev.aicore.discovery.command.shard.Samples.checked;
import static dev.aicore.discovery.command.shard.Samples.declaration;
import static dev.aicore.discovery.command.shard.Samples.register;
import static org.assertj.core.api.Assertions.assertThat;

import dev.aicore.discovery.api.instance.Health;
import dev.aicore.discovery.api.instance.HealthChanged;
import dev.aicore.discovery.api.shard.ObservationKind;
import dev.aicore.discovery.command.health.DampingPolicy;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Two turns within ten minutes are let pass; after more, six passes bring an instance back rather than two. */
class DampingTest {

    private static final Rules RULES = new Rules(
            Play.LONE.leases(),
            Play.LONE.cap(),
            new DampingPolicy(2, Duration.ofMinutes(10), 3),
            Play.LONE.breaker(),
            Play.FREE);

    private final Play play = new Play(Checkpointing.USUAL, RULES);

    DampingTest() {
        play.ask(NOON, List.of(register("a", declaration("orders", 100, TTL, check(1, 2)), by("ann"))));
        result(1, CHECK_FAILED);
        result(2, CHECK_PASSED);
        result(3, CHECK_PASSED);
    }

    @Test
    void oneThatTurnsTooOftenNeedsLongerToComeBack() {
        assertThat(turns()).extracting(HealthChanged::passesNeeded).containsExactly(0, 0);
        result(4, CHECK_FAILED);
        assertThat(turns().getLast().passesNeeded()).isEqualTo(6);

        for (int i = 5; i < 10; i++) {
            result(i, CHECK_PASSED);
            assertThat(play.state.get("a").health).isEqualTo(Health.UNHEALTHY);
        }
        result(10, CHECK_PASSED);
        assertThat(play.state.get("a").health).isEqualTo(Health.HEALTHY);
        assertThat(play.state.get("a").passesNeeded).isZero();
    }

    @Test
    void turnsOfLongAgoDontCount() {
        result(700, CHECK_FAILED);
        assertThat(turns().getLast().passesNeeded()).isZero();
    }

    private void result(double seconds, ObservationKind kind) {
        play.ask(after(seconds), List.of(checked("a", kind)));
    }

    private List<HealthChanged> turns() {
        return play.events.stream()
                .filter(HealthChanged.class::isInstance)
                .map(HealthChanged.class::cast)
                .toList();
    }
}
