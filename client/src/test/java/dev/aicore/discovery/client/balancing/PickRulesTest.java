package dev.aicore.discovery.client.balancing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.commons.codec.digest.MurmurHash3;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PickRulesTest {

    private static final List<Node> TEN =
            IntStream.range(0, 10).mapToObj(i -> new Node("i-" + i, 1, 0)).toList();

    private record Node(String id, int weight, long load) implements PickCandidate {}

    /** The registry hashes with this library. */
    @Test
    void hash_ofAnyLength_isThatOfTheRegistry() {
        var random = new Random(1);
        for (int length = 0; length < 200; length++) {
            var bytes = new byte[length];
            random.nextBytes(bytes);

            assertThat(Murmur3.hash64(bytes)).isEqualTo(MurmurHash3.hash128x64(bytes)[0]);
        }
    }

    /** The registry's own test has this example. */
    @Test
    void rendezvous_ofKnownKey_picksTheRegistrysInstance() {
        assertThat(RendezvousHash.order(TEN, "a known key").get(0).id()).isEqualTo("i-0");
        assertThat(Objects.requireNonNull(RendezvousHash.first(TEN, "a known key"))
                        .id())
                .isEqualTo("i-0");
    }

    @Test
    void rendezvous_afterRemoval_movesOnlyKeysOfTheRemovedOne() {
        var rest = TEN.stream().filter(node -> !node.id().equals("i-4")).toList();
        for (int i = 0; i < 1_000; i++) {
            String key = "k" + i;
            var before = RendezvousHash.order(TEN, key);
            var after = Objects.requireNonNull(RendezvousHash.first(rest, key));

            assertThat(after).isEqualTo(before.get(before.get(0).id().equals("i-4") ? 1 : 0));
        }
    }

    @RepeatedTest(20)
    void smoothRotation_overAFullCycle_equalsTheWeights(RepetitionInfo run) {
        var random = new Random(run.getCurrentRepetition());
        var nodes = IntStream.range(0, 1 + random.nextInt(9))
                .mapToObj(i -> new Node("i-" + i, 1 + random.nextInt(30), 0))
                .toList();
        var rotation = new SmoothRotation<Node>(random);
        int sum = nodes.stream().mapToInt(Node::weight).sum();
        for (int cycle = 0; cycle < 2; cycle++) {
            var counts = new HashMap<Node, Integer>();
            for (int i = 0; i < sum; i++) {
                counts.merge(Objects.requireNonNull(rotation.next(nodes)), 1, Integer::sum);
            }
            assertThat(counts).allSatisfy((node, count) -> assertThat(count).isEqualTo(node.weight()));
        }
    }

    @Test
    void smoothRotation_withChangedMembers_goesOn() {
        var rotation = new SmoothRotation<Node>(new Random(1));
        for (int i = 0; i < 7; i++) {
            rotation.next(TEN);
        }
        var fewer = TEN.subList(0, 3);
        var counts = new HashMap<String, Integer>();
        for (int i = 0; i < 300; i++) {
            counts.merge(Objects.requireNonNull(rotation.next(fewer)).id(), 1, Integer::sum);
        }
        assertThat(counts.values()).allSatisfy(count -> assertThat(count).isBetween(95, 105));
        assertThat(rotation.next(List.of())).isNull();
    }

    @Test
    void weightedDraw_isProportionalToWeights() {
        var nodes = List.of(new Node("a", 1, 0), new Node("b", 3, 0));
        var random = new Random(1);
        int heavy = 0;
        for (int i = 0; i < 10_000; i++) {
            heavy += Objects.requireNonNull(WeightedDraw.draw(nodes, random))
                            .id()
                            .equals("b")
                    ? 1
                    : 0;
        }
        assertThat(heavy).isCloseTo(7_500, within(200));
    }

    @Test
    void twoChoices_neverPickTheMostLoaded() {
        var nodes = List.of(new Node("idle", 1, 0), new Node("busy", 1, 9), new Node("busier", 1, 10));
        var random = new Random(1);
        for (int i = 0; i < 1_000; i++) {
            assertThat(Objects.requireNonNull(LoadComparison.ofTwo(nodes, random))
                            .id())
                    .isNotEqualTo("busier");
            assertThat(Objects.requireNonNull(LoadComparison.least(nodes, random))
                            .id())
                    .isEqualTo("idle");
        }
    }

    @Test
    void equalLoads_areAllPicked() {
        var random = new Random(1);
        Map<String, Integer> counts = new HashMap<>();
        for (int i = 0; i < 10_000; i++) {
            counts.merge(
                    Objects.requireNonNull(LoadComparison.least(TEN, random)).id(), 1, Integer::sum);
        }
        assertThat(counts).hasSize(10);
        assertThat(counts.values()).allSatisfy(count -> assertThat(count).isCloseTo(1_000, within(200)));
    }

    @Test
    void hash_ofText_isStable() {
        assertThat(Murmur3.hash64("a known key\ni-0".getBytes(UTF_8)))
                .isEqualTo(MurmurHash3.hash128x64("a known key\ni-0".getBytes(UTF_8))[0]);
    }

    @ParameterizedTest
    @CsvSource({
        "1.2.0, 1.2.0, true",
        "1.2.0, 1.2, false",
        "blue, blue, true",
        "^1.2, 1.2.0, true",
        "^1.2, 1.1.9, false",
        "^1.2, 2.0.0, false",
        "^1.2, 1.2, true",
        "^0.2.3, 0.2.9, true",
        "^0.2.3, 0.3.0, false",
        "^0.0.3, 0.0.4, false",
        "^0.0, 0.0.9, true",
        "^0, 0.9.0, true",
        "~1.2.3, 1.2.9, true",
        "~1.2.3, 1.3.0, false",
        "~1, 1.9.0, true",
        ">=1.2 <2, 1.99.0, true",
        ">=1.2 <2, 2.0.0, false",
        ">= 1.2 < 2, 1.5.0, true",
        "<1 || >=3, 2.0.0, false",
        "<1 || >=3, 3.1.0, true",
        "=1.2.3, 1.2.4, false",
        "*, 7.0.0, true",
        "^1.2, blue, false",
        "^1.2, 1.3.0-rc.1, false",
        "^1.2 <1.5, 1.6.0, false",
        ">1.2, 1.2.9, false",
        "<=1.2, 1.2.9, true",
        ">=1.2.0-rc.1 <2, 1.2.0-rc.2, true",
        ">=1.2.0-rc.1 <2, 1.1.0, false",
        ">=1.0.0-99999999999999999999, 1.0.0-20261129120000123456, false",
        ">=1.0.0-99999999999999999999, 1.0.0-100000000000000000000, true",
        "<1.0.0-2, 1.0.0-10, false",
        ">1.0.0-10, 1.0.0-2a, true",
        ">1.0.0-rc, 1.0.0-rc.0, true",
        "=1.0.0-rc, 1.0.0-rc+build.7, true"
    })
    void range_acceptsWhatTheRegistryAccepts(String range, String version, boolean accepted) {
        assertThat(SemanticRange.of(range).accepts(version)).isEqualTo(accepted);
    }

    @ParameterizedTest
    @ValueSource(strings = {"^", "^blue", ">=", "||", "^1.2.3.4", "<<2", "^01.2", "~>1.2", "^1.2-rc", ">=1.0.0-01 <2"})
    void malformedRange_isRefused(String text) {
        assertThatThrownBy(() -> SemanticRange.of(text)).isInstanceOf(IllegalArgumentException.class);
    }
}
