package dev.aicore.discovery.balancing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RendezvousHashingTest {

    private static final int KEYS = 20_000;

    private static final List<String> TEN =
            IntStream.range(0, 10).mapToObj(i -> "i-" + i).toList();

    @Test
    void order_ofSameKey_isIndependentOfInputOrder() {
        var shuffled = new ArrayList<>(TEN);
        Collections.shuffle(shuffled, new Random(5));
        for (int key = 0; key < 100; key++) {
            assertThat(equal(shuffled, "k" + key)).isEqualTo(equal(TEN, "k" + key));
            assertThat(RendezvousHashing.first(shuffled, Function.identity(), _ -> 1, "k" + key))
                    .isEqualTo(equal(TEN, "k" + key).getFirst());
        }
        assertThat(RendezvousHashing.first(List.<String>of(), Function.identity(), _ -> 1, "k"))
                .isNull();
        assertThat(equal(TEN, "a known key").getFirst()).isEqualTo("i-0");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 4, 9})
    void removedInstance_losesKeysToNextInstanceOnly(int goes) {
        var gone = TEN.get(goes);
        var left = TEN.stream().filter(id -> !id.equals(gone)).toList();
        for (int key = 0; key < 2_000; key++) {
            var before = equal(TEN, "k" + key);
            var after = equal(left, "k" + key).getFirst();

            assertThat(after).isEqualTo(before.getFirst().equals(gone) ? before.get(1) : before.getFirst());
        }
    }

    @Test
    void increasedWeight_movesKeysOnlyToHeavierInstance() {
        for (int key = 0; key < 2_000; key++) {
            var before = equal(TEN, "k" + key).getFirst();
            var after = RendezvousHashing.order(TEN, Function.identity(), id -> id.equals("i-3") ? 3 : 1, "k" + key)
                    .getFirst();

            assertThat(after).isIn(before, "i-3");
        }
    }

    @Test
    void keyShares_areProportionalToWeights() {
        var weights = Map.of("a", 1, "b", 2, "c", 3, "d", 4);
        var firsts = new HashMap<String, Integer>();
        for (int key = 0; key < KEYS; key++) {
            firsts.merge(
                    RendezvousHashing.order(
                                    List.of("a", "b", "c", "d"), Function.identity(), weights::get, "key-" + key)
                            .getFirst(),
                    1,
                    Integer::sum);
        }

        // Five standard deviations of a share of 20,000 keys are less than 0.018.
        weights.forEach((id, weight) ->
                assertThat(firsts.getOrDefault(id, 0) / (double) KEYS).isCloseTo(weight / 10.0, within(0.018)));
    }

    private static List<String> equal(List<String> ids, String key) {
        return RendezvousHashing.order(ids, Function.identity(), id -> 1, key);
    }
}
