package dev.aicore.discovery.balancing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

class SmoothWeightedRoundRobinTest {

    @RepeatedTest(50)
    void picks_overFullCycle_equalWeights(RepetitionInfo run) {
        var random = new Random(run.getCurrentRepetition());
        var weights = new HashMap<String, Integer>();
        for (int i = random.nextInt(9); i >= 0; i--) {
            weights.put("i-" + i, 1 + random.nextInt(30));
        }
        int sum = weights.values().stream().mapToInt(Integer::intValue).sum();
        var smooth = new SmoothWeightedRoundRobin(random);

        for (int cycle = 0; cycle < 3; cycle++) {
            assertThat(firsts(smooth, weights, sum)).isEqualTo(weights);
        }
    }

    @Test
    void heavyInstance_isInterleavedWithLightInstances() {
        var weights = Map.of("heavy", 3, "light", 1, "other", 1);
        var smooth = new SmoothWeightedRoundRobin(new Random(1));
        var picks = new ArrayList<String>();
        for (int i = 0; i < 10; i++) {
            picks.add(order(smooth, weights).getFirst());
        }

        assertThat(Collections.indexOfSubList(picks, List.of("heavy", "heavy", "heavy")))
                .isNegative();
    }

    @Test
    void order_containsAllInstances() {
        var weights = Map.of("a", 5, "b", 1, "c", 2);
        var smooth = new SmoothWeightedRoundRobin(new Random(2));
        for (int i = 0; i < 20; i++) {
            assertThat(order(smooth, weights)).containsExactlyInAnyOrder("a", "b", "c");
        }
    }

    @Test
    void picks_afterMembershipChange_remainProportional() {
        var smooth = new SmoothWeightedRoundRobin(new Random(3));
        firsts(smooth, Map.of("a", 2, "b", 1, "gone", 7), 4);
        var left = Map.of("a", 2, "b", 1);
        // Lets the remaining candidates compensate for the credit of the one that left.
        firsts(smooth, left, 30);

        assertThat(firsts(smooth, left, 300)).isEqualTo(Map.of("a", 200, "b", 100));
        assertThat(firsts(smooth, Map.of("a", 2, "b", 1, "new", 3), 600).get("new"))
                .isBetween(298, 302);
    }

    @RepeatedTest(50)
    void picks_afterWeightChange_equalNewWeights(RepetitionInfo run) {
        var random = new Random(run.getCurrentRepetition());
        var weights = new HashMap<>(Map.of("a", 1_000, "b", 1));
        for (int i = random.nextInt(5); i >= 0; i--) {
            weights.put("i-" + i, 1 + random.nextInt(30));
        }
        var smooth = new SmoothWeightedRoundRobin(random);
        firsts(smooth, weights, 500);

        weights.put("a", 1 + random.nextInt(9));
        int sum = weights.values().stream().mapToInt(Integer::intValue).sum();

        for (int cycle = 0; cycle < 3; cycle++) {
            assertThat(firsts(smooth, weights, sum)).isEqualTo(weights);
        }
    }

    @Test
    void credit_afterRemovalOfHeavyInstance_isLimitedToOneCycle() {
        var smooth = new SmoothWeightedRoundRobin(new Random(5));
        firsts(smooth, Map.of("b", 1), 1);
        firsts(smooth, Map.of("heavy", 1_000, "b", 1), 400);

        assertThat(firsts(smooth, Map.of("b", 1, "c", 1), 20).values())
                .allSatisfy(picks -> assertThat(picks).isBetween(8, 12));
    }

    @Test
    void picks_duringFrequentWeightChanges_reachAllInstances() {
        var smooth = new SmoothWeightedRoundRobin(new Random(6));
        var weights = new HashMap<String, Integer>();
        IntStream.range(0, 300).forEach(i -> weights.put("i-" + i, 100));
        var picked = new HashSet<String>();
        for (int change = 0; change < 3_000; change++) {
            weights.put("i-0", 100 + change % 2);
            picked.add(order(smooth, weights).getFirst());
        }
        assertThat(picked).hasSize(300);
    }

    @Test
    void orderWithoutTurn_equalsNextOrder() {
        var weights = Map.of("a", 5, "b", 1, "c", 2);
        var ids = List.of("a", "b", "c");
        var smooth = new SmoothWeightedRoundRobin(new Random(8));
        for (int i = 0; i < 20; i++) {
            var look = smooth.order(ids, Function.identity(), weights::get, false);
            assertThat(smooth.order(ids, Function.identity(), weights::get, false))
                    .isEqualTo(look);
            assertThat(order(smooth, weights)).isEqualTo(look);
        }
    }

    @Test
    void order_ofEmptyList_isEmpty() {
        assertThat(order(new SmoothWeightedRoundRobin(new Random(4)), Map.of())).isEmpty();
    }

    private static Map<String, Integer> firsts(
            SmoothWeightedRoundRobin smooth, Map<String, Integer> weights, int calls) {
        var firsts = new HashMap<String, Integer>();
        for (int i = 0; i < calls; i++) {
            firsts.merge(order(smooth, weights).getFirst(), 1, Integer::sum);
        }
        return firsts;
    }

    private static List<String> order(SmoothWeightedRoundRobin smooth, Map<String, Integer> weights) {
        return smooth.order(weights.keySet().stream().sorted().toList(), Function.identity(), weights::get, true);
    }
}
