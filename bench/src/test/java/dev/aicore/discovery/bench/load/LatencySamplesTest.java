package dev.aicore.discovery.bench.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class LatencySamplesTest {

    private static final long MILLI = 1_000_000;

    @Test
    void percentiles_includeGoodSamplesOnly() {
        var latencySamples = new LatencySamples();
        for (int millis = 1; millis <= 200; millis++) {
            latencySamples.add(true, millis * MILLI);
        }
        latencySamples.add(false, 10_000 * MILLI);

        var loadRound = latencySamples.round();

        assertThat(loadRound.answers()).isEqualTo(200);
        assertThat(loadRound.errors()).isEqualTo(1);
        assertThat(loadRound.p50Millis()).isCloseTo(100, within(0.2));
        assertThat(loadRound.p99Millis()).isCloseTo(198, within(0.2));
        assertThat(loadRound.p999Millis()).isCloseTo(200, within(0.2));
        assertThat(loadRound.seconds()).isCloseTo(20.1, within(0.02));
    }
}
