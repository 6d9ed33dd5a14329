package dev.aicore.discovery.balancing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class WeightedRandomTest {

    private static final int DRAWS = 100_000;

    private final Random random = new Random(20_261_123);

    @Test
    void order_containsAllCandidates() {
        var candidates = IntStream.range(0, 50).boxed().toList();

        for (int i = 0; i < 100; i++) {
            assertThat(WeightedRandom.order(candidates, candidate -> candidate + 1, random))
                    .containsExactlyInAnyOrderElementsOf(candidates);
        }
    }

    @Test
    void firstCandidate_isDrawnInProportionToWeight() {
        var weights = Map.of("a", 1, "b", 2, "c", 3, "d", 4);
        var firsts = new HashMap<String, Integer>();

        for (int i = 0; i < DRAWS; i++) {
            firsts.merge(
                    WeightedRandom.order(List.of("a", "b", "c", "d"), weights::get, random)
                            .getFirst(),
                    1,
                    Integer::sum);
        }

        // Five standard deviations of a share of 100,000 draws are less than 0.008.
        weights.forEach((candidate, weight) ->
                assertThat(firsts.getOrDefault(candidate, 0) / (double) DRAWS).isCloseTo(weight / 10.0, within(0.008)));
    }

    @Test
    void secondCandidate_isDrawnFromRemainder() {
        int heavyThenMiddle = 0;
        int heavyFirst = 0;
        var weights = Map.of("light", 1, "middle", 3, "heavy", 6);
        for (int i = 0; i < DRAWS; i++) {
            var order = WeightedRandom.order(List.of("light", "middle", "heavy"), weights::get, random);
            if (order.getFirst().equals("heavy")) {
                heavyFirst++;
                heavyThenMiddle += order.get(1).equals("middle") ? 1 : 0;
            }
        }
        assertThat(heavyThenMiddle / (double) heavyFirst).isCloseTo(0.75, within(0.01));
    }
}
