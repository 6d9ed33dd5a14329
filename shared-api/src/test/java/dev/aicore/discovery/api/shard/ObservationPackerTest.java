package dev.aicore.discovery.api.shard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.aicore.discovery.api.testing.Generator;
import dev.aicore.discovery.api.testing.SeededTest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ObservationPackerTest {

    private static final long NOW = 1_772_366_400_000L;

    private static final Generator<Integer> NATURALS = Generator.intBetween(0, Integer.MAX_VALUE);
    private static final Generator<Long> AGES = Generator.longBetween(0, NOW);
    private static final Generator<ObservationKind> KINDS = Generator.oneOf(ObservationKind.values());
    private static final Generator<Long> TIMES = Generator.longBetween(Long.MIN_VALUE / 2, Long.MAX_VALUE / 2);
    private static final Generator<byte[]> BYTES = Generator.bytes(1, 256);
    private static final Generator<List<Observation>> OBSERVATIONS =
            observations().list(0, 50);

    record Observation(int slot, ObservationKind kind, long observedAt, int first, int second) {}

    private static Generator<Observation> observations() {
        return random -> {
            var kind = KINDS.generate(random);
            return new Observation(
                    NATURALS.generate(random),
                    kind,
                    NOW - AGES.generate(random),
                    kind.arguments() > 0 ? NATURALS.generate(random) : 0,
                    kind.arguments() > 1 ? NATURALS.generate(random) : 0);
        };
    }

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

    @SeededTest
    void packedObservations_roundTripInOrder(RandomGenerator random) {
        var observations = OBSERVATIONS.generate(random);
        assertThat(unpack(pack(NOW, observations), NOW)).isEqualTo(observations);
    }

    @SeededTest
    void anyDecisionTime_roundTrips(RandomGenerator random) {
        long at = TIMES.generate(random);
        var one = List.of(new Observation(1, ObservationKind.RENEWED, at, 0, 0));
        assertThat(unpack(pack(at, one), at)).isEqualTo(one);
    }

    @SeededTest
    void truncatedBytes_areRefused(RandomGenerator random) {
        var bytes = pack(NOW, OBSERVATIONS.generate(random)).bytes();
        for (int length = 0; length < bytes.length; length++) {
            var cut = Arrays.copyOf(bytes, length);
            assertThatIllegalArgumentException()
                    .as("first %d bytes of %s", length, HexFormat.of().formatHex(bytes))
                    .isThrownBy(() -> unpack(cut));
        }
    }

    @SeededTest
    void randomBytes_areRefusedOrRead(RandomGenerator random) {
        var bytes = BYTES.generate(random);
        bytes[0] = 1;
        try {
            unpack(bytes);
        } catch (IllegalArgumentException refused) {
            assertThat(refused).hasMessageContaining(" ");
        }
    }

    @Test
    void observationTime_afterDecisionTime_isDecisionTime() {
        var packed = pack(NOW, List.of(new Observation(1, ObservationKind.RENEWED, NOW + 5, 0, 0)));
        assertThat(unpack(packed, NOW)).containsExactly(new Observation(1, ObservationKind.RENEWED, NOW, 0, 0));
    }

    @Test
    void heartbeat_takesFourBytes() {
        var hundred = IntStream.range(131_000, 131_072)
                .mapToObj(slot -> new Observation(slot, ObservationKind.RENEWED, NOW - 50, 0, 0))
                .toList();
        assertThat(pack(NOW, hundred).bytes()).hasSizeLessThanOrEqualTo(10 + 4 * hundred.size());
    }

    @Test
    void negativeNumbers_areRefusedBeforePacking() {
        var packer = new ObservationPacker(NOW);
        assertThatIllegalArgumentException().isThrownBy(() -> packer.add(-1, ObservationKind.RENEWED, NOW, 0, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> packer.add(1, ObservationKind.CHECK_FAILED, NOW, -1, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> packer.add(1, ObservationKind.CHECK_FAILED, NOW, 0, -1));
    }

    @Test
    void connections_areStoredAsKindSevenWithOneNumber() {
        var told = List.of(new Observation(1, ObservationKind.CONNECTIONS_REPORTED, NOW, 300, 0));
        assertThat(HexFormat.of().formatHex(pack(NOW, told).bytes())).endsWith("01" + "17" + "00" + "ac02");
        assertThat(unpack(pack(NOW, told), NOW)).isEqualTo(told);
    }

    @Test
    void callReporter_isStoredAsKindEight() {
        var told = List.of(new Observation(1, ObservationKind.OUTCOMES_REPORTED_BY, NOW, 300, 7));
        assertThat(HexFormat.of().formatHex(pack(NOW, told).bytes())).endsWith("01" + "18" + "00" + "ac02" + "07");
        assertThat(unpack(pack(NOW, told), NOW)).isEqualTo(told);
    }

    @Test
    void newerKind_isRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> unpack(HexFormat.of().parseHex("010000019ca9450a7b011a00")))
                .withMessageContaining("kind 10")
                .withMessageContaining("newer version");
    }

    @Test
    void newerLayout_isRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> unpack(HexFormat.of().parseHex("020000019ca9450a7b00")))
                .withMessageContaining("Unknown layout 2");
    }

    @Test
    void excessBytes_areRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> unpack(HexFormat.of().parseHex("010000019ca9450a7b0000")))
                .withMessageContaining("after the expected end");
    }

    @Test
    void invalidSlot_isRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> unpack(HexFormat.of().parseHex("010000019ca9450a7b01808080808080808001" + "00")))
                .withMessageContaining("slot");
    }
}
