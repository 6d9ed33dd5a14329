package dev.aicore.discovery.command.shard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.aicore.discovery.api.lease.RenewLease;
import dev.aicore.discovery.command.shard.ShardScenario.Moment;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ScenarioShrinkerTest {

    private static final RenewLease FIRST = ShardSamples.heartbeat("h7");
    private static final RenewLease SECOND = ShardSamples.heartbeat("h31");

    @Test
    void failingScenario_isReducedToCommandsThatFailureNeeds() {
        var shardScenario = new ShardScenario(IntStream.range(0, 40)
                .mapToObj(second -> new Moment(
                        ShardSamples.after(second),
                        List.of(ShardSamples.register("a"), ShardSamples.heartbeat("h" + second))))
                .toList());

        assertThatExceptionOfType(AssertionError.class)
                .isThrownBy(() -> ScenarioShrinker.assertHolds(
                        shardScenario, "batch sizes [1]", ScenarioShrinkerTest::assertLacksOneHeartbeat))
                .withMessage(
                        "Fails with batch sizes [1] for:\n%s %s\n%s %s",
                        ShardSamples.after(7), FIRST, ShardSamples.after(31), SECOND)
                .havingCause()
                .withMessageContaining("both heartbeats");
    }

    private static void assertLacksOneHeartbeat(ShardScenario shardScenario) {
        var commands = shardScenario.moments().stream()
                .flatMap(moment -> moment.items().stream())
                .toList();
        assertThat(commands.containsAll(List.of(FIRST, SECOND)))
                .as("contains both heartbeats")
                .isFalse();
    }
}
