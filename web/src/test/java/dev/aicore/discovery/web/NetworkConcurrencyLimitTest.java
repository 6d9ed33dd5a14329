package dev.aicore.discovery.web;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class NetworkConcurrencyLimitTest {

    private final NetworkConcurrencyLimit limit = new NetworkConcurrencyLimit(3, 2);

    @Test
    void network_atItsLimit_isRefusedWhileOthersAreAdmitted() {
        assertThat(limit.tryAcquire("a")).isTrue();
        assertThat(limit.tryAcquire("a")).isTrue();

        assertThat(limit.tryAcquire("a")).isFalse();
        assertThat(limit.tryAcquire("b")).isTrue();
        assertThat(limit.acquired()).isEqualTo(3);
    }

    @Test
    void limitOfAllNetworks_refusesANetworkWithoutOperations() {
        limit.tryAcquire("a");
        limit.tryAcquire("a");
        assertThat(limit.isExhausted()).isFalse();
        limit.tryAcquire("b");

        assertThat(limit.isExhausted()).isTrue();
        assertThat(limit.tryAcquire("c")).isFalse();
    }

    @Test
    void severalPlaces_beyondALimit_areRefusedTogether() {
        assertThat(limit.tryAcquire("a", 3)).isFalse();
        assertThat(limit.tryAcquire("a", 2)).isTrue();
        assertThat(limit.tryAcquire("b", 2)).isFalse();
        assertThat(limit.tryAcquire("b", 0)).isTrue();
        assertThat(limit.acquired()).isEqualTo(2);

        limit.release("a", 2);

        assertThat(limit.acquired()).isZero();
        assertThat(limit.tryAcquire("b", 2)).isTrue();
    }

    @Test
    void release_freesAPlaceOfTheNetworkAndOfAll() {
        limit.tryAcquire("a");
        limit.tryAcquire("a");
        limit.tryAcquire("b");

        limit.release("a");

        assertThat(limit.acquired()).isEqualTo(2);
        assertThat(limit.tryAcquire("a")).isTrue();
        assertThat(limit.tryAcquire("a")).isFalse();
    }
}
