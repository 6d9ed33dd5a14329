package dev.aicore.discovery.query.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aicore.discovery.api.health.BreakerState;
import dev.aicore.discovery.api.health.HealthState;
import dev.aicore.discovery.api.instance.AdminState;
import dev.aicore.discovery.balancing.BalancingStrategy;
import dev.aicore.discovery.balancing.PanicPolicy;
import dev.aicore.discovery.balancing.VersionRange;
import dev.aicore.discovery.config.time.ManualTimeSource;
import dev.aicore.discovery.query.discovery.DiscoveryService.DiscoverResult;
import dev.aicore.discovery.query.discovery.snapshot.ServiceSnapshot;
import dev.aicore.discovery.query.testing.SampleInstance;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class InstanceSelectorTest {

    private static final DiscoverFilter ANY = new DiscoverFilter("web", null, Set.of(), Map.of(), null, false);
    private static final DiscoverFilter UNHEALTHY_TOO = new DiscoverFilter("web", null, Set.of(), Map.of(), null, true);

    private final InstanceSelector instanceSelector = discovery(0);

    @Test
    void selection_returnsUnhealthyInstancesOnlyOnRequest() {
        var service = views(
                web("healthy"),
                web("unhealthy").health(HealthState.UNHEALTHY),
                web("starting").health(HealthState.STARTING),
                web("expired").expired(),
                web("maintained").declared(AdminState.MAINTENANCE),
                web("draining").declared(AdminState.DRAINING),
                web("ejected").breaker(BreakerState.OPEN),
                web("tried").breaker(BreakerState.HALF_OPEN));

        var usual = choose(service, ANY);
        assertThat(ids(usual)).containsExactlyInAnyOrder("healthy", "tried");
        assertThat(usual.total()).isEqualTo(8);
        assertThat(usual.healthy()).isEqualTo(2);
        assertThat(usual.panic()).isFalse();
        assertThat(ids(choose(service, UNHEALTHY_TOO)))
                .containsExactlyInAnyOrder("healthy", "tried", "unhealthy", "starting", "ejected");
    }

    @Test
    void instance_withWeightZero_isNotSelected() {
        var answer = choose(views(web("a").weight(0), web("b").weight(1)), ANY);

        assertThat(ids(answer)).containsExactly("b");
        assertThat(answer.total()).isEqualTo(2);
        assertThat(ids(choose(views(web("a").weight(0)), UNHEALTHY_TOO))).isEmpty();
    }

    @Test
    void selection_withFilters_requiresAllToMatch() {
        var service = views(
                web("all").version("2.0.0").tags("blue", "new").metadata(Map.of("region", "eu", "rack", "7")),
                web("otherVersion").tags("blue", "new").metadata(Map.of("region", "eu")),
                web("otherTag").version("2.0.0").tags("blue").metadata(Map.of("region", "eu")),
                web("otherRegion").version("2.0.0").tags("blue", "new").metadata(Map.of("region", "us")));
        var discoverFilter = new DiscoverFilter(
                "web", VersionRange.of("2.0.0"), Set.of("blue", "new"), Map.of("region", "eu"), null, false);

        var answer = choose(service, discoverFilter);

        assertThat(ids(answer)).containsExactly("all");
        assertThat(answer.total()).isEqualTo(1);
    }

    @Test
    void preferredZone_isOrderedFirstWithOwnRotation() {
        var service = views(
                web("near1").zone("b"),
                web("far1").zone("a"),
                web("near2").zone("b"),
                web("far2").zone("a"));
        var discoverFilter = new DiscoverFilter("web", null, Set.of(), Map.of(), "b", false);
        var firsts = new HashMap<String, Integer>();

        for (int i = 0; i < 10; i++) {
            var ids = ids(choose(service, discoverFilter));
            assertThat(ids.subList(0, 2)).containsExactlyInAnyOrder("near1", "near2");
            firsts.merge(ids.getFirst(), 1, Integer::sum);
        }
        assertThat(firsts).containsExactlyInAnyOrderEntriesOf(Map.of("near1", 5, "near2", 5));
    }

    @Test
    void roundRobin_withLimit_advancesByOne() {
        var service = views(web("a"), web("b"), web("c"));
        var firsts = new HashMap<String, Integer>();

        for (int i = 0; i < 12; i++) {
            var ids = ids(instanceSelector.select(service, ANY, BalancingStrategy.ROUND_ROBIN, "", 2));
            assertThat(ids).hasSize(2);
            firsts.merge(ids.getFirst(), 1, Integer::sum);
        }
        assertThat(firsts).containsExactlyInAnyOrderEntriesOf(Map.of("a", 4, "b", 4, "c", 4));
    }

    @Test
    void selection_belowPanicThreshold_returnsUnhealthyInstances() {
        var panicking = discovery(0.3);
        var service = views(
                web("healthy"),
                web("u1").health(HealthState.UNHEALTHY),
                web("u2").health(HealthState.UNHEALTHY),
                web("u3").breaker(BreakerState.OPEN),
                web("gone").expired(),
                web("maintained").declared(AdminState.MAINTENANCE));

        var answer = panicking.select(service, ANY, BalancingStrategy.RANDOM, "", 100);

        assertThat(answer.panic()).isTrue();
        assertThat(answer.healthy()).isEqualTo(1);
        assertThat(ids(answer)).containsExactlyInAnyOrder("healthy", "u1", "u2", "u3");
    }

    @Test
    void overdueInstances_areOrderedLastAndCountForPanic() {
        var service = views(web("a").overdue().zone("b"), web("b"), web("c").zone("b"), web("d").overdue());
        var nearB = new DiscoverFilter("web", null, Set.of(), Map.of(), "b", false);
        for (var balancingStrategy : BalancingStrategy.values()) {
            assertThat(ids(discovery(0).select(service, nearB, balancingStrategy, "key", 100))
                            .subList(0, 2))
                    .containsExactly("c", "b");
        }

        var panicking = views(
                web("a").overdue().health(HealthState.UNHEALTHY),
                web("b").overdue().health(HealthState.UNHEALTHY),
                web("c").overdue().health(HealthState.UNHEALTHY),
                web("d"));
        var answer = discovery(0.3).select(panicking, ANY, BalancingStrategy.RANDOM, "", 100);
        assertThat(answer.panic()).isTrue();
        assertThat(ids(answer)).first().isEqualTo("d");
    }

    @ParameterizedTest
    @EnumSource
    void halfOpenInstance_getsAtMostEveryTenthPick(BalancingStrategy balancingStrategy) {
        var service = views(web("a"), web("b"), web("tried").breaker(BreakerState.HALF_OPEN));
        var closed = views(web("a"), web("b"), web("tried"));

        for (int call = 0; call < 1_000; call++) {
            var key = "key " + call;
            var ids = ids(instanceSelector.select(service, ANY, balancingStrategy, key, 100));
            assertThat(ids).hasSize(3).doesNotHaveDuplicates();
            boolean isTrial = call % 10 == 9;
            // With a strategy that hashes, only the instance's own keys find it.
            boolean isItsOwn = !balancingStrategy.isHashing()
                    || ids(instanceSelector.select(closed, ANY, balancingStrategy, key, 1))
                            .getFirst()
                            .equals("tried");
            assertThat(ids.getFirst().equals("tried")).isEqualTo(isTrial && isItsOwn);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"ROUND_ROBIN", "WEIGHTED"})
    void trialPicks_leaveRotationOfClosedInstancesUnchanged(BalancingStrategy balancingStrategy) {
        var service = views(
                web("a"),
                web("b"),
                web("tried1").breaker(BreakerState.HALF_OPEN),
                web("tried2").breaker(BreakerState.HALF_OPEN));
        var firsts = new HashMap<String, Integer>();

        for (int call = 0; call < 20; call++) {
            firsts.merge(
                    ids(instanceSelector.select(service, ANY, balancingStrategy, "", 1))
                            .getFirst(),
                    1,
                    Integer::sum);
        }
        assertThat(firsts).containsExactlyInAnyOrderEntriesOf(Map.of("a", 9, "b", 9, "tried1", 1, "tried2", 1));
    }

    @Test
    void roundRobin_ofHalfOpenInstances_picksEachEquallyOften() {
        var service = views(
                web("tried1").breaker(BreakerState.HALF_OPEN), web("tried2").breaker(BreakerState.HALF_OPEN));
        var firsts = new HashMap<String, Integer>();

        for (int call = 0; call < 10; call++) {
            firsts.merge(ids(choose(service, ANY)).getFirst(), 1, Integer::sum);
        }
        assertThat(firsts).containsExactlyInAnyOrderEntriesOf(Map.of("tried1", 5, "tried2", 5));
    }

    @ParameterizedTest
    @EnumSource
    void overdueHalfOpenInstance_isOrderedLast(BalancingStrategy balancingStrategy) {
        var service = views(
                web("silent").overdue(), web("both").overdue().breaker(BreakerState.HALF_OPEN), web("c").overdue());

        for (int i = 0; i < 100; i++) {
            assertThat(ids(instanceSelector.select(service, ANY, balancingStrategy, "key " + i, 100)))
                    .hasSize(3)
                    .last()
                    .isEqualTo("both");
        }
    }

    @Test
    void halfOpenInstance_asOnlyCandidate_isAlwaysSelected() {
        var service = views(web("a").health(HealthState.UNHEALTHY), web("tried").breaker(BreakerState.HALF_OPEN));
        for (int i = 0; i < 50; i++) {
            assertThat(ids(choose(service, ANY))).containsExactly("tried");
        }
    }

    @Test
    void selection_abovePanicThreshold_returnsHealthyInstancesOnly() {
        var service = views(
                web("healthy"),
                web("u1").health(HealthState.UNHEALTHY),
                web("u2").health(HealthState.UNHEALTHY));

        var answer = discovery(0.3).select(service, ANY, BalancingStrategy.RANDOM, "", 100);

        assertThat(answer.panic()).isFalse();
        assertThat(ids(answer)).containsExactly("healthy");
    }

    @Test
    void selection_withoutLiveInstances_doesNotPanic() {
        assertThat(discovery(1)
                        .select(views(), ANY, BalancingStrategy.RANDOM, "", 1)
                        .panic())
                .isFalse();
        assertThat(discovery(1)
                        .select(views(web("a").expired()), ANY, BalancingStrategy.RANDOM, "", 1)
                        .panic())
                .isFalse();
    }

    private DiscoverResult choose(ServiceSnapshot service, DiscoverFilter discoverFilter) {
        return instanceSelector.select(service, discoverFilter, BalancingStrategy.ROUND_ROBIN, "", Integer.MAX_VALUE);
    }

    private static InstanceSelector discovery(double panicThreshold) {
        var random = new Random(7);
        return new InstanceSelector(
                new PanicPolicy(panicThreshold),
                new InstanceOrdering(
                        100_000, new ServiceLoadCache(new ManualTimeSource(Instant.EPOCH), 10, 100), random));
    }

    private static SampleInstance web(String id) {
        return SampleInstance.of("web", id);
    }

    private static ServiceSnapshot views(SampleInstance... samples) {
        return ServiceSnapshot.of(Stream.of(samples).map(SampleInstance::view).toList(), 1);
    }

    private static List<String> ids(DiscoverResult answer) {
        return answer.services().stream().map(found -> found.view().id()).toList();
    }
}
