package dev.aicore.discovery.query.balancing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class RememberedTest {

    private final Remembered<AtomicLong> turns = new Remembered<>(3, AtomicLong::new);

    @Test
    void eachSetOfFiltersHasItsOwn() {
        turns.of(filters("a")).set(7);
        turns.of(filters("b")).set(8);

        assertThat(turns.of(filters("a"))).hasValue(7);
        assertThat(turns.of(filters("b"))).hasValue(8);
        assertThat(turns.of(filters("c"))).hasValue(0);
    }

    @Test
    void theOneAskedForLongestAgoIsForgotten() {
        turns.of(filters("a")).set(7);
        turns.of(filters("b")).set(8);
        turns.of(filters("c"));
        turns.of(filters("a"));
        turns.of(filters("d"));

        assertThat(turns.size()).isEqualTo(3);
        assertThat(turns.of(filters("a"))).hasValue(7);
        assertThat(turns.of(filters("b"))).hasValue(0);
    }

    private static Filters filters(String service) {
        return new Filters(service, null, Set.of(), Map.of(), null, false);
    }
}
