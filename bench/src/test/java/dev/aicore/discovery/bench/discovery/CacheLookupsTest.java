package dev.aicore.discovery.bench.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CacheLookupsTest {

    @Test
    void parse_ofScrape_returnsHitPercentage() {
        var lookups = CacheLookups.parse("""
                # TYPE service_discovery_cache_lookups_total counter
                service_discovery_cache_lookups_total{result="hit"} 1.98E2
                service_discovery_cache_lookups_total{result="miss"} 1.0
                service_discovery_cache_lookups_total{result="stale"} 1.0
                service_discovery_other_total{result="hit"} 1000.0
                """);

        assertThat(lookups.areReported()).isTrue();
        assertThat(lookups.percentHit()).isEqualTo(99);
    }

    @Test
    void parse_withoutLookups_returnsNone() {
        assertThat(CacheLookups.parse("up 1\n").areReported()).isFalse();
    }
}
