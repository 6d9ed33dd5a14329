package dev.aicore.discovery.api.shard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.aicore.discovery.api.shard.ShardCheckpointed.Contents;
import dev.aicore.discovery.api.shard.ShardCheckpointed.Entry;
import dev.aicore.discovery.api.testing.Generator;
import dev.aicore.discovery.api.testing.SeededTest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class ShardCheckpointedTest {

    private static final Generator<Integer> NATURALS = Generator.intBetween(0, Integer.MAX_VALUE);
    private static final Generator<Long> TIMES = Generator.longBetween(Long.MIN_VALUE, Long.MAX_VALUE);
    private static final Generator<String> IDS = Generator.string(256);
    private static final Generator<byte[]> BYTES = Generator.bytes(1, 256);
    private static final Generator<List<Entry>> ENTRIES = entries().list(0, 20);
    private static final Generator<Contents> CONTENTS = random -> new Contents(
            NATURALS.generate(random), NATURALS.generate(random), NATURALS.generate(random), ENTRIES.generate(random));

    private static Generator<Entry> entries() {
        return random -> new Entry(NATURALS.generate(random), TIMES.generate(random), IDS.generate(random));
    }

    @SeededTest
    void packedContents_roundTrip(RandomGenerator random) {
        var contents = CONTENTS.generate(random);
        assertThat(ShardCheckpointed.of(contents).contents()).isEqualTo(contents);
    }

    @SeededTest
    void truncatedBytes_areRefused(RandomGenerator random) {
        var bytes = ShardCheckpointed.of(CONTENTS.generate(random)).bytes();
        var cut = new ShardCheckpointed(Arrays.copyOf(bytes, bytes.length - 1));
        assertThatIllegalArgumentException()
                .as("all bytes except the last of %s", HexFormat.of().formatHex(bytes))
                .isThrownBy(cut::contents);
    }

    @SeededTest
    void randomBytes_areRefusedOrRead(RandomGenerator random) {
        var bytes = BYTES.generate(random);
        bytes[0] = 1;
        try {
            assertThat(new ShardCheckpointed(bytes).contents()).isNotNull();
        } catch (IllegalArgumentException refused) {
            assertThat(refused).hasMessageContaining(" ");
        }
    }

    @Test
    void impossibleCount_isRefusedBeforeAllocation() {
        var twoBillion = HexFormat.of().parseHex("01" + "01" + "00" + "01" + "ffffffff07");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ShardCheckpointed(twoBillion).contents())
                .withMessageContaining("The count 2147483647");
    }

    @Test
    void checkpoint_ofEmptyShard_roundTrips() {
        var empty = new Contents(1, 0, 1, List.of());
        assertThat(ShardCheckpointed.of(empty).contents()).isEqualTo(empty);
    }
}
