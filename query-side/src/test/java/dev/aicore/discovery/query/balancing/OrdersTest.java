package dev.aicore.discovery.query.balancing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aicore.discovery.config.time.ManualTime;
import dev.aicore.discovery.query.snapshot.Candidate;
import dev.aicore.discovery.query.testing.Sample;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class OrdersTest {

    private static final int SERVICES = 100_000;

    private final Groups pair = groups(2);

    @Test
    void asManyServicesAsThereMayBeTakeTurnsExactly() {
        var orders = orders(BalancingConfiguration.MOST_BYTES_OF_TURNS);
        var calls = new int[SERVICES];
        for (int call = 0; call < 2; call++) {
            for (int service = 0; service < SERVICES; service++) {
                var filters = filters("some-service-" + service, null, null);
                var first = orders.of(pair, filters, Strategy.ROUND_ROBIN, "").getFirst();
                calls[service] += first.view().id().equals("i-0") ? 1 : 0;
            }
        }
        assertThat(calls).containsOnly(1);
    }

    @Test
    void inventedZonesTakeNoMoreMemoryThanThereIsForTheirCandidates() {
        var orders = orders(1_000_000);
        var many = groups(1_000);
        for (int zone = 0; zone < 100; zone++) {
            orders.of(many, filters("web", null, "zone-" + zone), Strategy.WEIGHTED, "");
        }
        assertThat(orders.remembered()).isBetween(1L, 10L);
    }

    @Test
    void whoGrowsTakesTheRoomOfOthers() {
        var orders = orders(1_000_000);
        var many = groups(1_000);
        for (int zone = 0; zone < 100; zone++) {
            orders.of(pair, filters("web", null, "zone-" + zone), Strategy.WEIGHTED, "");
        }
        assertThat(orders.remembered()).isEqualTo(100);
        for (int zone = 0; zone < 100; zone++) {
            orders.of(many, filters("web", null, "zone-" + zone), Strategy.WEIGHTED, "");
        }
        assertThat(orders.remembered()).isBetween(1L, 10L);
    }

    @Test
    void longRangesOfVersionsCountForTheirComparators() {
        var orders = orders(1_000_000);
        for (int i = 0; i < 1_000; i++) {
            var version = "<" + (i + 2) + " 1".repeat(60);
            orders.of(pair, filters("web", VersionWish.of(version), null), Strategy.ROUND_ROBIN, "");
        }
        assertThat(orders.remembered()).isBetween(1L, 50L);
    }

    @ParameterizedTest
    @EnumSource
    void whereThereIsNoChoiceNothingIsRemembered(Strategy strategy) {
        var loads = loads();
        var orders = new Orders(1_000_000, loads, new Random(7));
        for (int service = 0; service < 10; service++) {
            orders.of(groups(service % 2), filters("s-" + service, null, null), strategy, "");
        }
        assertThat(orders.remembered()).isZero();
        assertThat(loads.lately()).isEmpty();
    }

    private static Orders orders(long mostBytes) {
        return new Orders(mostBytes, loads(), new Random(7));
    }

    private static ServiceLoads loads() {
        return new ServiceLoads(ManualTime.atNoon(), 10, 100);
    }

    private static Groups groups(int candidates) {
        var some = IntStream.range(0, candidates)
                .mapToObj(i -> new Candidate(Sample.of("web", "i-" + i).view()))
                .toList();
        return Groups.of(some, filters("web", null, null));
    }

    private static Filters filters(String service, @Nullable VersionWish version, @Nullable String zone) {
        return new Filters(service, version, Set.of(), Map.of(), zone, false);
    }
}
