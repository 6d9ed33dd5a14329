package dev.aicore.discovery.query.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aicore.discovery.balancing.BalancingStrategy;
import dev.aicore.discovery.balancing.PriorityTiers;
import dev.aicore.discovery.balancing.VersionRange;
import dev.aicore.discovery.config.time.ManualTimeSource;
import dev.aicore.discovery.query.discovery.snapshot.Candidate;
import dev.aicore.discovery.query.testing.SampleInstance;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class InstanceOrderingTest {

    private static final int SERVICES = 100_000;

    private final PriorityTiers<Candidate> pair = tiers(2);

    @Test
    void roundRobin_ofMaximumNumberOfServices_isExact() {
        var instanceOrdering = ordering(BalancingConfiguration.MAX_ROTATION_STATE_BYTES);
        var calls = new int[SERVICES];
        for (int call = 0; call < 2; call++) {
            for (int service = 0; service < SERVICES; service++) {
                var discoverFilter = filters("some-service-" + service, null, null);
                var first = instanceOrdering
                        .of(pair, discoverFilter, BalancingStrategy.ROUND_ROBIN, "")
                        .getFirst();
                calls[service] += first.view().id().equals("i-0") ? 1 : 0;
            }
        }
        assertThat(calls).containsOnly(1);
    }

    @Test
    void rotationState_ofInventedZones_isBoundedByCandidates() {
        var instanceOrdering = ordering(1_000_000);
        var many = tiers(1_000);
        for (int zone = 0; zone < 100; zone++) {
            instanceOrdering.of(many, filters("web", null, "zone-" + zone), BalancingStrategy.WEIGHTED, "");
        }
        assertThat(instanceOrdering.cacheSize()).isBetween(1L, 10L);
    }

    @Test
    void rotationState_ofGrowingServices_evictsOlderEntries() {
        var instanceOrdering = ordering(1_000_000);
        var many = tiers(1_000);
        for (int zone = 0; zone < 100; zone++) {
            instanceOrdering.of(pair, filters("web", null, "zone-" + zone), BalancingStrategy.WEIGHTED, "");
        }
        assertThat(instanceOrdering.cacheSize()).isEqualTo(100);
        for (int zone = 0; zone < 100; zone++) {
            instanceOrdering.of(many, filters("web", null, "zone-" + zone), BalancingStrategy.WEIGHTED, "");
        }
        assertThat(instanceOrdering.cacheSize()).isBetween(1L, 10L);
    }

    @Test
    void rotationState_ofLongVersionRanges_isBoundedByComparators() {
        var instanceOrdering = ordering(1_000_000);
        for (int i = 0; i < 1_000; i++) {
            var version = "<" + (i + 2) + " 1".repeat(60);
            instanceOrdering.of(
                    pair, filters("web", VersionRange.of(version), null), BalancingStrategy.ROUND_ROBIN, "");
        }
        assertThat(instanceOrdering.cacheSize()).isBetween(1L, 50L);
    }

    @ParameterizedTest
    @EnumSource
    void rotationState_withoutChoice_isNotStored(BalancingStrategy balancingStrategy) {
        var loads = loads();
        var instanceOrdering = new InstanceOrdering(1_000_000, loads, new Random(7));
        for (int service = 0; service < 10; service++) {
            instanceOrdering.of(tiers(service % 2), filters("s-" + service, null, null), balancingStrategy, "");
        }
        assertThat(instanceOrdering.cacheSize()).isZero();
        assertThat(loads.recentlyUsed()).isEmpty();
    }

    private static InstanceOrdering ordering(long mostBytes) {
        return new InstanceOrdering(mostBytes, loads(), new Random(7));
    }

    private static ServiceLoadCache loads() {
        return new ServiceLoadCache(ManualTimeSource.atNoon(), 10, 100);
    }

    private static PriorityTiers<Candidate> tiers(int candidates) {
        var some = IntStream.range(0, candidates)
                .mapToObj(i -> new Candidate(SampleInstance.of("web", "i-" + i).view()))
                .toList();
        return PriorityTiers.of(some, null);
    }

    private static DiscoverFilter filters(String service, @Nullable VersionRange version, @Nullable String zone) {
        return new DiscoverFilter(service, version, Set.of(), Map.of(), zone, false);
    }
}
