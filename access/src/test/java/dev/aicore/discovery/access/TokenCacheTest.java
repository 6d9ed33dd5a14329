package dev.aicore.discovery.access;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TokenCacheTest {

    private static final Identity ANN = new Identity("ann", "service", null, 0, 1_000);

    @Test
    void identity_isCachedUntilTokenExpires() {
        var cache = new TokenCache(10);
        cache.put("a", ANN);
        assertThat(cache.find("a", 999)).isEqualTo(ANN);
        assertThat(cache.find("a", 1_000)).isNull();
        assertThat(cache.find("b", 0)).isNull();
    }

    @Test
    void cache_isBoundedAndRetainsUsedEntries() {
        var cache = new TokenCache(100);
        cache.put("hot", ANN);
        for (int i = 0; i < 10_000; i++) {
            cache.put("cold-" + i, ANN);
            assertThat(cache.find("hot", 0)).as("after %d", i).isEqualTo(ANN);
            assertThat(cache.size()).isLessThanOrEqualTo(100);
        }
    }

    @Test
    void cache_ofSizeZero_retainsNoEntry() {
        var cache = new TokenCache(0);
        cache.put("a", ANN);
        assertThat(cache.find("a", 0)).isNull();
    }
}
