package dev.aicore.discovery.query.cache;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LastValueCacheTest {

    private final List<String> made = new ArrayList<>();
    private final LastValueCache cache = new LastValueCache();

    @Test
    void sameInput_returnsCachedValue() {
        var first = cache.get(List.of("a"), StringBuilder.class, this::make);

        assertThat(cache.get(List.of("a"), StringBuilder.class, this::make)).isSameAs(first);
        assertThat(made).containsExactly("[a]");
    }

    @Test
    void changedInput_replacesCachedValue() {
        cache.get(List.of("a"), StringBuilder.class, this::make);
        assertThat(cache.get(List.of("b"), StringBuilder.class, this::make)).hasToString("[b]");
        assertThat(cache.get(List.of("a"), StringBuilder.class, this::make)).hasToString("[a]");

        assertThat(made).containsExactly("[a]", "[b]", "[a]");
    }

    @Test
    void sameInput_withOtherType_isComputedSeparately() {
        cache.get(List.of("a"), StringBuilder.class, this::make);

        assertThat(cache.get(List.of("a"), Integer.class, List::size)).isEqualTo(1);
    }

    private StringBuilder make(List<String> of) {
        made.add(of.toString());
        return new StringBuilder(of.toString());
    }
}
