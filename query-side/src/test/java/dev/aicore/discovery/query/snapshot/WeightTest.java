package dev.aicore.discovery.query.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aicore.discovery.query.testing.Sample;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class WeightTest {

    private final Sample plain = Sample.of("web", "a");

    @Test
    void anOrdinaryInstanceIsOne() {
        assertThat(weight(plain)).isEqualTo(1);
        assertThat(weight(plain.metadata(Map.of("team", "payments", "region", "eu-west-1"))
                        .tags("blue", "canary")))
                .isEqualTo(1);
        assertThat(weight(plain, plain, plain)).isEqualTo(3);
    }

    @Test
    void nothingIsOneToo() {
        assertThat(weight()).isEqualTo(1);
    }

    @Test
    void whatAnInstanceSaysMoreCountsTwiceForItIsWrittenAsJsonToo() {
        assertThat(weight(plain.metadata(Map.of("k", "v".repeat(16 << 10))))).isEqualTo(17);
        assertThat(weight(plain.tags("t".repeat(4 << 10)))).isEqualTo(5);
    }

    @Test
    void charactersThatTakeMoreBytesCountMore() {
        assertThat(weight(plain.metadata(Map.of("k", "語".repeat(16 << 10))))).isEqualTo(41);
    }

    private static int weight(Sample... samples) {
        return ServiceSnapshot.of(Stream.of(samples).map(Sample::view).toList(), 1)
                .weight();
    }
}
