package dev.aicore.discovery.query.balancing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TurnsTest {

    private final Turns turns = new Turns(3, new Random(1));

    @Test
    void eachSetOfFiltersHasItsOwn() {
        long a = turns.take(filters("a"));
        long b = turns.take(filters("b"));

        assertThat(turns.take(filters("a"))).isEqualTo(a + 1);
        assertThat(turns.take(filters("a"))).isEqualTo(a + 2);
        assertThat(turns.take(filters("b"))).isEqualTo(b + 1);
    }

    @Test
    void theOneAskedForLongestAgoIsForgotten() {
        long a = turns.take(filters("a"));
        turns.take(filters("b"));
        turns.take(filters("c"));
        turns.take(filters("a"));
        turns.take(filters("d"));

        assertThat(turns.size()).isEqualTo(3);
        assertThat(turns.take(filters("a"))).isEqualTo(a + 2);
    }

    private static Filters filters(String service) {
        return new Filters(service, null, Set.of(), Map.of(), null, false);
    }
}
