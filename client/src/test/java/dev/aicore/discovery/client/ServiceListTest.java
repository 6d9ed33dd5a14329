package dev.aicore.discovery.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aicore.discovery.balancing.VersionRange;
import dev.aicore.discovery.client.RegisteredInstance.Status;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ServiceListTest {

    static RegisteredInstance instance(String id, Status status) {
        return instance(id, "1.2.0", "a", List.of("t"), Map.of("k", "v"), status, false, false);
    }

    private static RegisteredInstance inZone(String id, String zone, Status status) {
        return instance(id, "1.2.0", zone, List.of(), Map.of(), status, false, false);
    }

    private static RegisteredInstance doubtful(String id, boolean overdue, boolean halfOpen) {
        return instance(id, "", "", List.of(), Map.of(), Status.HEALTHY, overdue, halfOpen);
    }

    private static RegisteredInstance instance(
            String id,
            String version,
            String zone,
            List<String> tags,
            Map<String, String> metadata,
            Status status,
            boolean overdue,
            boolean halfOpen) {
        return new RegisteredInstance(
                id,
                "web",
                "10.0.0.1",
                80,
                "http",
                version,
                zone,
                100,
                tags,
                metadata,
                status,
                overdue,
                halfOpen,
                true,
                -1);
    }

    private static PickSelection select(ServiceList list, ServiceOptions options) {
        String version = options.version();
        return PickSelection.of(list, 0, options, version == null ? null : VersionRange.of(version), "client");
    }

    private static List<String> ids(List<ListedInstance> listed) {
        return listed.stream().map(ListedInstance::id).toList();
    }

    private static final List<Status> STATUSES = List.of(Status.values());

    /** Compares changes of the list with a map. */
    @Test
    void changes_haveTheResultOfASnapshot() {
        var random = new Random(1);
        var expected = new HashMap<String, RegisteredInstance>();
        var list = ServiceList.of(List.of(), 0, 0.3, null);
        for (int position = 1; position < 2_000; position++) {
            String id = "i-" + random.nextInt(40);
            if (random.nextInt(3) == 0) {
                expected.remove(id);
                list = list.without(id, position);
            } else {
                var changed = instance(id, STATUSES.get(random.nextInt(STATUSES.size())));
                expected.put(id, changed);
                list = list.with(changed, position);
            }
            var snapshot = ServiceList.of(expected.values(), position, 0.3, list);
            assertThat(list).isEqualTo(snapshot);
        }
    }

    @Test
    void callStats_surviveChangesAndSnapshots() {
        var list = ServiceList.of(List.of(instance("a", Status.HEALTHY)), 1, 0.3, null);
        var stats = list.instances().get(0).stats();

        assertThat(list.with(instance("a", Status.UNHEALTHY), 2)
                        .instances()
                        .get(0)
                        .stats())
                .isSameAs(stats);
        assertThat(ServiceList.of(List.of(instance("a", Status.HEALTHY)), 3, 0.3, list)
                        .instances()
                        .get(0)
                        .stats())
                .isSameAs(stats);
    }

    @Test
    void onlyHealthyInstances_areEligible_exceptInPanic() {
        var many = IntStream.range(0, 3)
                .mapToObj(i -> instance("healthy-" + i, Status.HEALTHY))
                .toList();
        var list = ServiceList.of(many, 1, 0.3, null)
                .with(instance("unhealthy", Status.UNHEALTHY), 2)
                .with(instance("starting", Status.STARTING), 3)
                .with(instance("ejected", Status.EJECTED), 4);
        assertThat(ids(select(list, ServiceOptions.defaults()).eligible()))
                .containsExactly("healthy-0", "healthy-1", "healthy-2");

        var panicking =
                list.with(instance("healthy-0", Status.UNHEALTHY), 5).with(instance("healthy-1", Status.UNHEALTHY), 6);
        assertThat(panicking.panic()).isTrue();
        assertThat(select(panicking, ServiceOptions.defaults()).eligible()).hasSize(6);
    }

    @Test
    void doubtfulInstances_areOnlyUsedWithoutOthers() {
        var list = ServiceList.of(
                List.of(doubtful("overdue", true, false), doubtful("trial", false, true), doubtful("both", true, true)),
                1,
                0.3,
                null);
        assertThat(ids(select(list, ServiceOptions.defaults()).best())).containsExactly("overdue");

        var selected = select(list.with(instance("sound", Status.HEALTHY), 2), ServiceOptions.defaults());
        assertThat(ids(selected.best())).containsExactly("sound");
        assertThat(ids(selected.trial())).containsExactly("both", "trial");
    }

    @Test
    void filters_selectMatchingInstances() {
        var list = ServiceList.of(List.of(instance("a", Status.HEALTHY)), 1, 0.3, null);
        var options = ServiceOptions.defaults();

        assertThat(select(list, options.tag("t").metadata("k", "v").version("^1.1"))
                        .eligible())
                .hasSize(1);
        assertThat(select(list, options.tag("other")).eligible()).isEmpty();
        assertThat(select(list, options.metadata("k", "other")).eligible()).isEmpty();
        assertThat(select(list, options.version("^2")).eligible()).isEmpty();
    }

    @Test
    void zone_isPreferredWhileHalfOfItIsEligible() {
        var list = ServiceList.of(
                List.of(
                        inZone("a-1", "a", Status.HEALTHY),
                        inZone("a-2", "a", Status.UNHEALTHY),
                        inZone("b-1", "b", Status.HEALTHY)),
                1,
                0,
                null);
        assertThat(ids(select(list, ServiceOptions.defaults().zone("a")).eligible()))
                .containsExactly("a-1");
        assertThat(ids(select(
                                list.with(inZone("a-3", "a", Status.UNHEALTHY), 2),
                                ServiceOptions.defaults().zone("a"))
                        .eligible()))
                .containsExactly("a-1", "b-1");
    }

    @Test
    void subset_isStableAndOfTheGivenSize() {
        var many = IntStream.range(0, 50)
                .mapToObj(i -> instance("i-" + i, Status.HEALTHY))
                .toList();
        var list = ServiceList.of(many, 1, 0.3, null);
        var options = ServiceOptions.defaults().subset(5);
        var subset = ids(select(list, options).eligible());

        assertThat(subset).hasSize(5);
        assertThat(ids(select(list.without("i-49", 2), options).eligible()))
                .containsAll(subset.stream().filter(id -> !id.equals("i-49")).toList());
    }

    @Test
    void failures_inARow_orHalfOfTwenty_ask_forAnEjection() {
        var stats = new CallStats();
        for (int i = 0; i < 4; i++) {
            assertThat(stats.record(false, i)).isFalse();
        }
        assertThat(stats.record(false, 5)).isTrue();

        var mixed = new CallStats();
        for (int i = 0; i < 19; i++) {
            assertThat(mixed.record(i % 2 == 0, 0)).isFalse();
        }
        assertThat(mixed.record(false, 0)).isTrue();
        assertThat(mixed.drain()).isEqualTo(new CallStats.Counts(10, 10));
        assertThat(mixed.drain()).isEqualTo(new CallStats.Counts(0, 0));
    }

    @Test
    void ejections_doubleUpToAMinute() {
        var stats = new CallStats();
        long now = 0;
        long[] expected = {5, 10, 20, 40, 60, 60};
        for (long seconds : expected) {
            assertThat(stats.eject(now)).isEqualTo(seconds * 1_000_000_000L);
            now += seconds * 1_000_000_000L;
            stats.readmit();
        }
        assertThat(stats.eject(now + 61_000_000_000L)).isEqualTo(5_000_000_000L);
    }
}
