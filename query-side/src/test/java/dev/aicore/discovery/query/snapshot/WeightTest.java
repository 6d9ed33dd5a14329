package dev.aicore.discovery.query.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aicore.discovery.query.testing.Sample;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class WeightTest {

    private final Sample plain = Sample.of("web", "a");

    @Test
    void anOrdinaryInstanceIsAboutOneKilobyte() {
        assertThat(weight(plain)).isEqualTo(4);
        assertThat(weight(plain.metadata(Map.of("team", "payments", "region", "eu-west-1"))
                        .tags("blue", "canary")))
                .isEqualTo(6);
        assertThat(weight(plain, plain, plain)).isEqualTo(12);
    }

    @Test
    void nothingIsOne() {
        assertThat(weight()).isEqualTo(1);
    }

    @Test
    void whatAnInstanceSaysMoreCountsTwiceForItIsWrittenAsJsonToo() {
        assertThat(weight(plain.metadata(Map.of("k", "v".repeat(16 << 10))))).isEqualTo(133);
        assertThat(weight(plain.tags("t".repeat(4 << 10)))).isEqualTo(37);
    }

    @Test
    void charactersThatTakeMoreBytesCountMore() {
        assertThat(weight(plain.metadata(Map.of("k", "語".repeat(16 << 10))))).isEqualTo(325);
    }

    private static int weight(Sample... samples) {
        return ServiceSnapshot.of(Stream.of(samples).map(Sample::view).toList(), 1)
                .weight();
    }
}
