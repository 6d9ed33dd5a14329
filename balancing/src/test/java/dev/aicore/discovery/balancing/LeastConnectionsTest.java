package dev.aicore.discovery.balancing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aicore.discovery.balancing.LeastConnections.LoadOf;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LeastConnectionsTest {

    private final Random random = new Random(20_261_125);
    private final Map<String, Integer> connections = new HashMap<>();
    private final Set<String> unknown = new HashSet<>();

    @Test
    void order_isByConnectionCount() {
        connections.putAll(Map.of("a", 3, "b", 1, "c", 2, "d", 0));

        assertThat(order(List.of("a", "b", "c", "d"), Map.of())).containsExactly("d", "b", "c", "a");
    }

    @Test
    void order_withWeights_dividesConnectionsByWeight() {
        connections.putAll(Map.of("a", 3, "b", 10));

        assertThat(order(List.of("a", "b"), Map.of("b", 4))).containsExactly("b", "a");
        assertThat(order(List.of("a", "b"), Map.of("b", 3))).containsExactly("a", "b");
    }

    @Test
    void picks_ofEqualInstances_areEqual() {
        var ids = IntStream.range(0, 7).mapToObj(i -> "i-" + i).toList();

        assertThat(firsts(ids, Map.of(), 7 * 100).values()).hasSize(7).containsOnly(100);
    }

    @Test
    void loadedInstance_isSkippedUntilLoadsAreEqual() {
        connections.put("a", 50);

        assertThat(firsts(List.of("a", "b", "c"), Map.of(), 100)).isEqualTo(Map.of("b", 50, "c", 50));
        assertThat(firsts(List.of("a", "b", "c"), Map.of(), 30)).isEqualTo(Map.of("a", 10, "b", 10, "c", 10));
    }

    @Test
    void picks_withWeights_areProportionalToWeights() {
        var weights = Map.of("a", 1, "b", 2, "c", 5);

        assertThat(firsts(List.of("a", "b", "c"), weights, 8 * 25)).isEqualTo(Map.of("a", 25, "b", 50, "c", 125));
    }

    @Test
    void picks_ofInstancesWithUnknownLoad_areAboutEqual() {
        unknown.addAll(List.of("new", "newer"));
        connections.putAll(Map.of("a", 40, "b", 40, "c", 40));

        assertThat(firsts(List.of("a", "new", "b", "newer", "c"), Map.of(), 5_000)
                        .values())
                .allSatisfy(picks -> assertThat(picks).isBetween(850, 1_150));
        assertThat(firsts(List.of("new", "newer"), Map.of(), 1_000).values())
                .allSatisfy(picks -> assertThat(picks).isBetween(400, 600));
    }

    @Test
    void order_ofFewerThanTwoInstances_isUnchanged() {
        assertThat(order(List.of(), Map.of())).isEmpty();
        assertThat(order(List.of("a"), Map.of())).containsExactly("a");
    }

    /** Returns how often each was first; each pick adds a connection. */
    private Map<String, Integer> firsts(List<String> ids, Map<String, Integer> weights, int calls) {
        var firsts = new HashMap<String, Integer>();
        for (int call = 0; call < calls; call++) {
            var first = order(ids, weights).getFirst();
            firsts.merge(first, 1, Integer::sum);
            connections.merge(first, 1, Integer::sum);
        }
        return firsts;
    }

    private List<String> order(List<String> ids, Map<String, Integer> weights) {
        return LeastConnections.order(
                ids,
                Function.identity(),
                id -> weights.getOrDefault(id, 1),
                (id, weight) ->
                        unknown.contains(id) ? LoadOf.UNKNOWN : (double) connections.getOrDefault(id, 0) / weight,
                random);
    }
}
