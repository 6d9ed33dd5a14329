package dev.aicore.discovery.bench.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class TimingsTest {

    private static final long MILLI = 1_000_000;

    @Test
    void tellsTheMiddleAndTheTailOfWhatWasGood() {
        var timings = new Timings();
        for (int millis = 1; millis <= 200; millis++) {
            timings.add(true, millis * MILLI);
        }
        timings.add(false, 10_000 * MILLI);

        var round = timings.round();

        assertThat(round.answers()).isEqualTo(200);
        assertThat(round.errors()).isEqualTo(1);
        assertThat(round.p50Millis()).isCloseTo(100, within(0.2));
        assertThat(round.p99Millis()).isCloseTo(198, within(0.2));
        assertThat(round.p999Millis()).isCloseTo(200, within(0.2));
        assertThat(round.seconds()).isCloseTo(20.1, within(0.02));
    }
}
