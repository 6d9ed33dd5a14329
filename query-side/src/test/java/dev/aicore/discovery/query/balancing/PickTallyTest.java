package dev.aicore.discovery.query.balancing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aicore.discovery.config.time.ManualTime;
import java.util.HashMap;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class PickTallyTest {

    private final ManualTime time = ManualTime.atNoon();
    private final Picks picks = new Picks(time, 100);
    private final ServiceLoads loads = new ServiceLoads(time, 10, 100);
    private final PickTally tally = new PickTally(picks, loads);

    @Test
    void picksOfAnyStrategyAreLoadWhereSomebodyGoesByIt() {
        tally.picked(Strategy.RANDOM, "orders", "a");
        assertThat(loads.lately()).isEmpty();
        assertThat(loads.of("orders").load("a", 1)).isZero();

        tally.picked(Strategy.ROUND_ROBIN, "orders", "a");
        tally.picked(Strategy.P2C, "orders", "b");

        assertThat(loads.of("orders").load("a", 1)).isEqualTo(1);
        assertThat(loads.of("orders").load("b", 1)).isEqualTo(1);
        assertThat(picks.unwritten("orders").getLast().counts())
                .extracting(count -> count.key().strategy() + " " + count.picks())
                .containsExactlyInAnyOrder("random 1", "round_robin 1", "p2c 1");
    }

    @Test
    void thePicksOfTheLeastLoadedSpreadThemselvesEvenly() {
        var ids = List.of("a", "b", "c");
        var orders = loads.of("orders");
        var random = new Random(20_261_125);
        var firsts = new HashMap<String, Integer>();
        for (int call = 0; call < 300; call++) {
            var first = LeastConnections.order(ids, Function.identity(), _ -> 100, orders::load, random)
                    .getFirst();
            firsts.merge(first, 1, Integer::sum);
            tally.picked(Strategy.LEAST_CONNECTIONS, "orders", first);
        }
        assertThat(firsts.values()).containsExactly(100, 100, 100);
    }
}
