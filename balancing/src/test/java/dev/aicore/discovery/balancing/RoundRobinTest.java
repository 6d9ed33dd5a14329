package dev.aicore.discovery.balancing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RoundRobinTest {

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 12_345, -7, Integer.MAX_VALUE - 3L, Long.MAX_VALUE / 2})
    void picks_overWholeRounds_areEqual(long start) {
        for (int candidates = 1; candidates <= 12; candidates++) {
            var ids = IntStream.range(0, candidates).boxed().toList();
            for (int rounds = 1; rounds <= 4; rounds++) {
                var firsts = new HashMap<Integer, Integer>();
                for (long turn = start; turn < start + (long) candidates * rounds; turn++) {
                    firsts.merge(RoundRobin.order(ids, turn).getFirst(), 1, Integer::sum);
                }
                int expected = rounds;
                assertThat(firsts)
                        .hasSize(candidates)
                        .allSatisfy((id, times) -> assertThat(times).isEqualTo(expected));
            }
        }
    }

    @Test
    void order_startsAtTurnAndRotates() {
        assertThat(RoundRobin.order(List.of("a", "b", "c"), 1)).containsExactly("b", "c", "a");
        assertThat(RoundRobin.order(List.of("a", "b", "c"), 2)).containsExactly("c", "a", "b");
        assertThat(RoundRobin.order(List.of("a", "b", "c"), 3)).containsExactly("a", "b", "c");
    }

    @Test
    void order_ofEmptyList_isEmpty() {
        assertThat(RoundRobin.order(List.of(), 5)).isEmpty();
    }
}
