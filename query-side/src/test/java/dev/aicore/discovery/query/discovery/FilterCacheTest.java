package dev.aicore.discovery.query.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class FilterCacheTest {

    private final FilterCache<AtomicLong> turns =
            new FilterCache<>(3L * filters("once-99").bytes(), _ -> 0, AtomicLong::new);

    @Test
    void values_ofDifferentFilters_areSeparate() {
        turns.of(filters("a")).set(7);
        turns.of(filters("b")).set(8);

        assertThat(turns.of(filters("a"))).hasValue(7);
        assertThat(turns.of(filters("b"))).hasValue(8);
        assertThat(turns.of(filters("c"))).hasValue(0);
    }

    @Test
    void fullCache_evictsLeastUsedFilters() {
        for (int i = 0; i < 100; i++) {
            turns.of(filters("a")).incrementAndGet();
            turns.of(filters("once-" + i)).incrementAndGet();
        }

        assertThat(turns.size()).isEqualTo(3);
        assertThat(turns.of(filters("a"))).hasValue(100);
        assertThat(turns.of(filters("once-0"))).hasValue(0);
    }

    private static DiscoverFilter filters(String service) {
        return new DiscoverFilter(service, null, Set.of(), Map.of(), null, false);
    }
}
