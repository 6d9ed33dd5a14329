package dev.aicore.discovery.bench.rig;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class RoundStatisticsTest {

    private final RoundStatistics roundStatistics = RoundStatistics.of(List.of(3.0, 1.0, 2.0), figure -> figure);

    @Test
    void statistics_returnMinMedianMax() {
        assertThat(roundStatistics.min()).isEqualTo(1);
        assertThat(roundStatistics.median()).isEqualTo(2);
        assertThat(roundStatistics.max()).isEqualTo(3);
    }

    @Test
    void words_containRangeOnlyForSeveralValues() {
        assertThat(roundStatistics.times(1_000).words("%,.0f")).isEqualTo("2,000 (1,000 – 3,000)");
        assertThat(RoundStatistics.of(2.5).words("%.1f")).isEqualTo("2.5");
    }
}
