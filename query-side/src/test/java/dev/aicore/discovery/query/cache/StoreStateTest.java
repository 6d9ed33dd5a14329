package dev.aicore.discovery.query.cache;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class StoreStateTest {

    private final StoreState state = new StoreState("a", 120, 1_000);

    @Test
    void earlierPosition_isIncluded() {
        assertThat(state.includes(120, 0)).isTrue();
        assertThat(state.includes(120, 2_000)).isTrue();
    }

    @Test
    void laterPosition_isIncludedIfWrittenLater() {
        assertThat(state.includes(121, 1_001)).isTrue();
        assertThat(state.includes(121, 1_000)).isFalse();
    }
}
