package dev.aicore.discovery.balancing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PowerOfTwoChoicesTest {

    private static final int CALLS = 60_000;

    private final Random random = new Random(20_261_125);
    private final Map<String, Integer> connections = new HashMap<>();

    @Test
    void firstPick_isLessLoadedOfRandomPair() {
        connections.putAll(Map.of("a", 0, "b", 1, "c", 2, "d", 3));
        var firsts = new HashMap<String, Integer>();
        for (int call = 0; call < CALLS; call++) {
            firsts.merge(order(List.of("d", "c", "b", "a"), Map.of()).getFirst(), 1, Integer::sum);
        }

        // Of the six pairs, a is the best of three, b of two, c of one and d of none.
        assertThat(firsts).doesNotContainKey("d");
        assertThat(share(firsts, "a")).isCloseTo(3 / 6.0, within(0.011));
        assertThat(share(firsts, "b")).isCloseTo(2 / 6.0, within(0.011));
        assertThat(share(firsts, "c")).isCloseTo(1 / 6.0, within(0.011));
    }

    @Test
    void order_afterFirstPick_isByLoad() {
        connections.putAll(Map.of("a", 0, "b", 1, "c", 2, "d", 3));
        for (int call = 0; call < 100; call++) {
            var order = order(List.of("b", "d", "a", "c"), Map.of());

            assertThat(order).containsExactlyInAnyOrder("a", "b", "c", "d");
            assertThat(order.subList(1, 4)).isSortedAccordingTo(Comparator.comparingInt(this::connections));
        }
    }

    @Test
    void order_ofTwoInstances_isByLoadPerWeight() {
        connections.putAll(Map.of("a", 3, "b", 10));
        for (int call = 0; call < 100; call++) {
            assertThat(order(List.of("a", "b"), Map.of("b", 4))).containsExactly("b", "a");
            assertThat(order(List.of("a", "b"), Map.of("b", 3))).containsExactly("a", "b");
        }
    }

    @Test
    void picks_ofEqualInstances_stayBalanced() {
        var ids = IntStream.range(0, 20).mapToObj(i -> "i-" + i).toList();
        for (int call = 0; call < 20 * 500; call++) {
            connections.merge(order(ids, Map.of()).getFirst(), 1, Integer::sum);
        }

        // The maximum of n exceeds the mean by log log n and a constant; with one choice it would exceed it by about
        // 50.
        assertThat(Collections.max(connections.values())).isLessThanOrEqualTo(505);
    }

    @Test
    void order_ofFewerThanTwoInstances_isUnchanged() {
        assertThat(order(List.of(), Map.of())).isEmpty();
        assertThat(order(List.of("a"), Map.of())).containsExactly("a");
    }

    private int connections(String id) {
        return connections.getOrDefault(id, 0);
    }

    private static double share(Map<String, Integer> firsts, String id) {
        return firsts.getOrDefault(id, 0) / (double) CALLS;
    }

    private List<String> order(List<String> ids, Map<String, Integer> weights) {
        return PowerOfTwoChoices.order(
                ids,
                Function.identity(),
                id -> weights.getOrDefault(id, 1),
                (id, weight) -> (double) connections(id) / weight,
                random);
    }
}
