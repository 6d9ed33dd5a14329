package dev.aicore.discovery.api.shard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.aicore.discovery.api.shard.ShardCheckpointed.Contents;
import dev.aicore.discovery.api.shard.ShardCheckpointed.Entry;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class ShardCheckpointedTest {

    @Provide
    Arbitrary<Contents> contents() {
        var natural = Arbitraries.integers().between(0, Integer.MAX_VALUE);
        var entry = Combinators.combine(
                        natural,
                        Arbitraries.longs(),
                        Arbitraries.strings().alpha().ofMaxLength(256))
                .as(Entry::new);
        return Combinators.combine(natural, natural, natural, entry.list().ofMaxSize(20))
                .as(Contents::new);
    }

    @Property
    void packedContents_roundTrip(@ForAll("contents") Contents contents) {
        assertThat(ShardCheckpointed.of(contents).contents()).isEqualTo(contents);
    }

    @Property
    void truncatedBytes_areRefused(@ForAll("contents") Contents contents) {
        var bytes = ShardCheckpointed.of(contents).bytes();
        var cut = new ShardCheckpointed(Arrays.copyOf(bytes, bytes.length - 1));
        assertThatIllegalArgumentException().isThrownBy(cut::contents);
    }

    @Property
    void randomBytes_areRefusedOrRead(@ForAll byte[] random) {
        var bytes = new byte[random.length + 1];
        bytes[0] = 1;
        System.arraycopy(random, 0, bytes, 1, random.length);
        try {
            assertThat(new ShardCheckpointed(bytes).contents()).isNotNull();
        } catch (IllegalArgumentException refused) {
            assertThat(refused).hasMessageContaining(" ");
        }
    }

    @Example
    void impossibleCount_isRefusedBeforeAllocation() {
        var twoBillion = HexFormat.of().parseHex("01" + "01" + "00" + "01" + "ffffffff07");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ShardCheckpointed(twoBillion).contents())
                .withMessageContaining("A count of 2147483647");
    }

    @Example
    void checkpoint_ofEmptyShard_roundTrips() {
        var empty = new Contents(1, 0, 1, List.of());
        assertThat(ShardCheckpointed.of(empty).contents()).isEqualTo(empty);
    }
}
