package dev.aicore.discovery.bench.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WarmUpDetectorTest {

    @ParameterizedTest
    @CsvSource({
        // The first piece has no predecessor to compare with, so three more are needed.
        "1000 1000 1000, false",
        "1000 1000 1000 1000, true",
        "1000 1029 1029 1029, true",
        // A piece that is slow by chance, while the server gets faster, doesn't end the warm-up.
        "1000 1500 1400 2000, false",
        "1000 1500 1400 2000 2000 2000, false",
        "1000 1500 1400 2000 2000 2000 2050, true",
        // A rate that recovers after a slow piece has gained nothing on the best before.
        "2000 1000 2000 2000, true",
        "1000 1000 1000 1031, false"
    })
    void warmUp_endsAfterThreeIntervalsWithoutGain(String rates, boolean isWarm) {
        assertThat(of(rates).isWarm()).isEqualTo(isWarm);
    }

    @Test
    void words_containColdRateAndDuration() {
        assertThat(of("1000 4000 4000 4000 4000").words()).isEqualTo("1,000; warm after 5");
        assertThat(of("1000 4000").words()).isEqualTo("1,000; not warm after 2");
        assertThat(of("1000 4000").times(10).words()).isEqualTo("10,000; not warm after 2");
        assertThat(WarmUpDetector.NONE.words()).isEmpty();
    }

    private static WarmUpDetector of(String rates) {
        var warmUpDetector = WarmUpDetector.NONE;
        for (var rate : rates.split(" ", -1)) {
            warmUpDetector = warmUpDetector.and(Double.parseDouble(rate));
        }
        return warmUpDetector;
    }
}
