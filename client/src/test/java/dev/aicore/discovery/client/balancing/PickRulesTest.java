package dev.aicore.discovery.client.balancing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

class PickRulesTest {

    private static final List<Node> TEN =
            IntStream.range(0, 10).mapToObj(i -> new Node("i-" + i, 1, 0)).toList();

    private record Node(String id, int weight, long load) implements PickCandidate {}

    @RepeatedTest(20)
    void smoothRotation_overAFullCycle_equalsTheWeights(RepetitionInfo run) {
        var random = new Random(run.getCurrentRepetition());
        var nodes = IntStream.range(0, 1 + random.nextInt(9))
                .mapToObj(i -> new Node("i-" + i, 1 + random.nextInt(30), 0))
                .toList();
        var rotation = new SmoothRotation<Node>(random);
        int sum = nodes.stream().mapToInt(Node::weight).sum();
        for (int cycle = 0; cycle < 2; cycle++) {
            var counts = new HashMap<Node, Integer>();
            for (int i = 0; i < sum; i++) {
                counts.merge(Objects.requireNonNull(rotation.next(nodes)), 1, Integer::sum);
            }
            assertThat(counts).allSatisfy((node, count) -> assertThat(count).isEqualTo(node.weight()));
        }
    }

    @Test
    void smoothRotation_withChangedMembers_goesOn() {
        var rotation = new SmoothRotation<Node>(new Random(1));
        for (int i = 0; i < 7; i++) {
            rotation.next(TEN);
        }
        var fewer = TEN.subList(0, 3);
        var counts = new HashMap<String, Integer>();
        for (int i = 0; i < 300; i++) {
            counts.merge(Objects.requireNonNull(rotation.next(fewer)).id(), 1, Integer::sum);
        }
        assertThat(counts.values()).allSatisfy(count -> assertThat(count).isBetween(95, 105));
        assertThat(rotation.next(List.of())).isNull();
    }

    @Test
    void weightedDraw_isProportionalToWeights() {
        var nodes = List.of(new Node("a", 1, 0), new Node("b", 3, 0));
        var random = new Random(1);
        int heavy = 0;
        for (int i = 0; i < 10_000; i++) {
            heavy += Objects.requireNonNull(WeightedDraw.draw(nodes, random))
                            .id()
                            .equals("b")
                    ? 1
                    : 0;
        }
        assertThat(heavy).isCloseTo(7_500, within(200));
    }

    @Test
    void twoChoices_neverPickTheMostLoaded() {
        var nodes = List.of(new Node("idle", 1, 0), new Node("busy", 1, 9), new Node("busier", 1, 10));
        var random = new Random(1);
        for (int i = 0; i < 1_000; i++) {
            assertThat(Objects.requireNonNull(LoadComparison.ofTwo(nodes, random))
                            .id())
                    .isNotEqualTo("busier");
            assertThat(Objects.requireNonNull(LoadComparison.least(nodes, random))
                            .id())
                    .isEqualTo("idle");
        }
    }

    @Test
    void equalLoads_areAllPicked() {
        var random = new Random(1);
        Map<String, Integer> counts = new HashMap<>();
        for (int i = 0; i < 10_000; i++) {
            counts.merge(
                    Objects.requireNonNull(LoadComparison.least(TEN, random)).id(), 1, Integer::sum);
        }
        assertThat(counts).hasSize(10);
        assertThat(counts.values()).allSatisfy(count -> assertThat(count).isCloseTo(1_000, within(200)));
    }
}
