package dev.aicore.discovery.bench.soak;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.aicore.discovery.bench.rig.Threshold;
import dev.aicore.discovery.bench.soak.SoakSample.Quantity;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SoakReportTest {

    private static final int SAMPLES = 40;

    /** Returns a sample per minute, with live heap of a function of the number of the sample. */
    private static List<SoakSample> samples(IntToDoubleFunction liveHeap) {
        return IntStream.range(0, SAMPLES)
                .mapToObj(i -> new SoakSample(i, liveHeap.applyAsDouble(i), 300, 90, 400, 60, 200, 3, 0))
                .toList();
    }

    @Test
    void steadyGrowth_isALeak() {
        var report = new SoakReport(samples(i -> 50 + i));

        var line = TrendLine.of(Quantity.LIVE_HEAP, report.warm());
        assertThat(line.perHour()).isEqualTo(60, within(0.001));
        assertThat(line.error()).isLessThan(0.001);
        assertThat(report.thresholds())
                .filteredOn(threshold -> !threshold.met())
                .hasSize(1);
        assertThat(report.markdown()).contains("| live heap, MB | 50.0 | 74.5 | 89.0 | +60.00 ± 0.00 |", "missed");
    }

    @Test
    void growthOfTheWarmUp_isNoLeak() {
        var report = new SoakReport(samples(i -> Math.min(50 + 10 * i, 150)));

        assertThat(report.thresholds()).allMatch(Threshold::met);
        assertThat(TrendLine.of(Quantity.LIVE_HEAP, report.warm())).isEqualTo(new TrendLine(150, 0, 0));
    }

    @Test
    void growthOfAShortRun_isNoLeak() {
        var report = new SoakReport(samples(i -> 50 + i).subList(0, 20));

        assertThat(report.thresholds()).hasSize(1).allMatch(Threshold::met);
        assertThat(report.markdown()).contains("| +60.00 ± 0.00 |").doesNotContain("missed");
    }

    @Test
    void growthWithinTheNoise_isNoLeak() {
        var report = new SoakReport(samples(i -> 50 + (i % 2) * 20 + i / 20.0));

        var line = TrendLine.of(Quantity.LIVE_HEAP, report.warm());
        assertThat(line.error()).isGreaterThan(line.perHour());
        assertThat(report.thresholds()).allMatch(Threshold::met);
    }

    @Test
    void failedHeartbeats_missTheThreshold() {
        var sample = new SoakSample(1, 50, 300, 90, 400, 60, 200, 3, 2);

        assertThat(new SoakReport(List.of(sample)).thresholds())
                .filteredOn(threshold -> !threshold.met())
                .extracting(Threshold::words)
                .containsExactly("no failed heartbeats (2)");
    }

    @Test
    void chart_hasAPanelForEachQuantity() {
        var samples = samples(i -> 50 + i);

        var svg = SoakChart.of(new SoakReport(samples), samples);
        for (var quantity : Quantity.values()) {
            assertThat(svg).contains(">" + quantity.title() + "<");
        }
        assertThat(svg).doesNotContain("NaN").contains("39 minutes");
    }
}
