package dev.aicore.discovery.query.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aicore.discovery.balancing.BalancingStrategy;
import dev.aicore.discovery.balancing.LeastConnections;
import dev.aicore.discovery.config.time.ManualTimeSource;
import dev.aicore.discovery.query.discovery.DiscoveryService.PickRecorder;
import java.util.HashMap;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class PickRecorderTest {

    private final ManualTimeSource time = ManualTimeSource.atNoon();
    private final PickCounter pickCounter = new PickCounter(time, 100);
    private final ServiceLoadCache loads = new ServiceLoadCache(time, 10, 100);
    private final PickRecorder recorder = new PickRecorder(pickCounter, loads);

    @Test
    void picks_ofAnyStrategy_countAsLoadOfTrackedService() {
        recorder.picked(BalancingStrategy.RANDOM, "orders", "a");
        assertThat(loads.recentlyUsed()).isEmpty();
        assertThat(loads.of("orders").load("a", 1)).isZero();

        recorder.picked(BalancingStrategy.ROUND_ROBIN, "orders", "a");
        recorder.picked(BalancingStrategy.P2C, "orders", "b");

        assertThat(loads.of("orders").load("a", 1)).isEqualTo(1);
        assertThat(loads.of("orders").load("b", 1)).isEqualTo(1);
        assertThat(pickCounter.unpersisted("orders").getLast().counts())
                .extracting(count -> count.key().strategy() + " " + count.picks())
                .containsExactlyInAnyOrder("random 1", "round_robin 1", "p2c 1");
    }

    @Test
    void picks_byLeastConnections_areSpreadEvenly() {
        var ids = List.of("a", "b", "c");
        var orders = loads.of("orders");
        var random = new Random(20_261_125);
        var firsts = new HashMap<String, Integer>();
        for (int call = 0; call < 300; call++) {
            var first = LeastConnections.order(ids, Function.identity(), _ -> 100, orders, random)
                    .getFirst();
            firsts.merge(first, 1, Integer::sum);
            recorder.picked(BalancingStrategy.LEAST_CONNECTIONS, "orders", first);
        }
        assertThat(firsts.values()).containsExactly(100, 100, 100);
    }
}
