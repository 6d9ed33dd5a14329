package dev.aicore.discovery.query.discovery.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aicore.discovery.query.testing.SampleInstance;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.util.unit.DataSize;

class SnapshotWeigherTest {

    private final SampleInstance plain = SampleInstance.of("web", "a");

    @Test
    void weight_ofOrdinaryInstance_isAboutOneKilobyte() {
        assertThat(weight(plain)).isEqualTo(16);
        assertThat(weight(plain.metadata(Map.of("team", "payments", "region", "eu-west-1"))
                        .tags("blue", "canary")))
                .isEqualTo(21);
        assertThat(weight(plain, plain, plain)).isEqualTo(48);
    }

    @Test
    void weight_of100000OrdinaryInstances_fitsInDefaultHeap() {
        long ordinary = weight(
                plain.metadata(Map.of("region", "eu-1", "team", "identity")).tags("api", "v1"));
        long kept = DataSize.ofMegabytes(512).toBytes() / 100 * SnapshotConfiguration.CACHE_PERCENT_OF_HEAP;
        assertThat(100_000 * ordinary * SnapshotWeigher.UNIT).isLessThan(kept);
    }

    @Test
    void weight_ofEmptySnapshot_isOne() {
        assertThat(weight()).isEqualTo(1);
    }

    @Test
    void weight_ofLargeMetadataAndTags_countsTextAndJson() {
        assertThat(weight(plain.metadata(Map.of("k", "v".repeat(16 << 10))))).isEqualTo(530);
        assertThat(weight(plain.tags("t".repeat(4 << 10)))).isEqualTo(145);
    }

    @Test
    void weight_ofMultibyteCharacters_isHigher() {
        assertThat(weight(plain.metadata(Map.of("k", "語".repeat(16 << 10))))).isEqualTo(1_298);
    }

    private static int weight(SampleInstance... samples) {
        return ServiceSnapshot.of(Stream.of(samples).map(SampleInstance::view).toList(), 1)
                .weight();
    }
}
