package dev.aicore.discovery.api.shard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.LongRange;

class ObservationPackerTest {

    private static final long NOW = 1_772_366_400_000L;

    record Observation(int slot, ObservationKind kind, long observedAt, int first, int second) {}

    private static ObservationsRecorded pack(long decidedAt, List<Observation> observations) {
        var packer = new ObservationPacker(decidedAt);
        observations.forEach(one -> packer.add(one.slot, one.kind, one.observedAt, one.first, one.second));
        assertThat(packer.count()).isEqualTo(observations.size());
        return packer.toEvent();
    }

    private static List<Observation> unpack(ObservationsRecorded recorded, long decided) {
        var all = new ArrayList<Observation>();
        recorded.forEach((slot, kind, observedAt, decidedAt, first, second) -> {
            assertThat(decidedAt).isEqualTo(decided);
            all.add(new Observation(slot, kind, observedAt, first, second));
        });
        return all;
    }

    private static void unpack(byte... bytes) {
        new ObservationsRecorded(bytes).forEach((slot, kind, observedAt, decidedAt, first, second) -> {});
    }

    @Provide
    Arbitrary<List<Observation>> observations() {
        var natural = Arbitraries.integers().between(0, Integer.MAX_VALUE);
        var age = Arbitraries.longs().between(0, NOW);
        return Combinators.combine(natural, Arbitraries.of(ObservationKind.class), age, natural, natural)
                .as((slot, kind, old, first, second) -> new Observation(
                        slot, kind, NOW - old, kind.arguments() > 0 ? first : 0, kind.arguments() > 1 ? second : 0))
                .list()
                .ofMaxSize(50);
    }

    @Property
    void packedObservations_roundTripInOrder(@ForAll("observations") List<Observation> observations) {
        assertThat(unpack(pack(NOW, observations), NOW)).isEqualTo(observations);
    }

    @Property
    void anyDecisionTime_roundTrips(@ForAll @LongRange(min = Long.MIN_VALUE / 2, max = Long.MAX_VALUE / 2) long at) {
        var one = List.of(new Observation(1, ObservationKind.RENEWED, at, 0, 0));
        assertThat(unpack(pack(at, one), at)).isEqualTo(one);
    }

    @Property
    void truncatedBytes_areRefused(@ForAll("observations") List<Observation> observations) {
        var bytes = pack(NOW, observations).bytes();
        for (int length = 0; length < bytes.length; length++) {
            var cut = Arrays.copyOf(bytes, length);
            assertThatIllegalArgumentException().isThrownBy(() -> unpack(cut));
        }
    }

    @Property
    void randomBytes_areRefusedOrRead(@ForAll byte[] random) {
        var bytes = new byte[random.length + 1];
        bytes[0] = 1;
        System.arraycopy(random, 0, bytes, 1, random.length);
        try {
            unpack(bytes);
        } catch (IllegalArgumentException refused) {
            assertThat(refused).hasMessageContaining(" ");
        }
    }

    @Example
    void observationTime_afterDecisionTime_isDecisionTime() {
        var packed = pack(NOW, List.of(new Observation(1, ObservationKind.RENEWED, NOW + 5, 0, 0)));
        assertThat(unpack(packed, NOW)).containsExactly(new Observation(1, ObservationKind.RENEWED, NOW, 0, 0));
    }

    @Example
    void heartbeat_takesFourBytes() {
        var hundred = IntStream.range(131_000, 131_072)
                .mapToObj(slot -> new Observation(slot, ObservationKind.RENEWED, NOW - 50, 0, 0))
                .toList();
        assertThat(pack(NOW, hundred).bytes()).hasSizeLessThanOrEqualTo(10 + 4 * hundred.size());
    }

    @Example
    void negativeNumbers_areRefusedBeforePacking() {
        var packer = new ObservationPacker(NOW);
        assertThatIllegalArgumentException().isThrownBy(() -> packer.add(-1, ObservationKind.RENEWED, NOW, 0, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> packer.add(1, ObservationKind.CHECK_FAILED, NOW, -1, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> packer.add(1, ObservationKind.CHECK_FAILED, NOW, 0, -1));
    }

    @Example
    void connections_areStoredAsKindSevenWithOneNumber() {
        var told = List.of(new Observation(1, ObservationKind.CONNECTIONS_REPORTED, NOW, 300, 0));
        assertThat(HexFormat.of().formatHex(pack(NOW, told).bytes())).endsWith("01" + "17" + "00" + "ac02");
        assertThat(unpack(pack(NOW, told), NOW)).isEqualTo(told);
    }

    @Example
    void callReporter_isStoredAsKindEight() {
        var told = List.of(new Observation(1, ObservationKind.OUTCOMES_REPORTED_BY, NOW, 300, 7));
        assertThat(HexFormat.of().formatHex(pack(NOW, told).bytes())).endsWith("01" + "18" + "00" + "ac02" + "07");
        assertThat(unpack(pack(NOW, told), NOW)).isEqualTo(told);
    }

    @Example
    void newerKind_isRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> unpack(HexFormat.of().parseHex("010000019ca9450a7b011900")))
                .withMessageContaining("kind 9")
                .withMessageContaining("newer version");
    }

    @Example
    void newerLayout_isRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> unpack(HexFormat.of().parseHex("020000019ca9450a7b00")))
                .withMessageContaining("Layout 2");
    }

    @Example
    void excessBytes_areRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> unpack(HexFormat.of().parseHex("010000019ca9450a7b0000")))
                .withMessageContaining("too many");
    }

    @Example
    void invalidSlot_isRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> unpack(HexFormat.of().parseHex("010000019ca9450a7b01808080808080808001" + "00")))
                .withMessageContaining("slot");
    }
}
