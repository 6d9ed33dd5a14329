package dev.aicore.discovery.command.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.aicore.discovery.api.health.CheckFailureCode;
import dev.aicore.discovery.healthchecks.probe.ProbeResult;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SlidingWindowStatsTest {

    private static final long ORIGIN = -1_000_000_000_000L;

    private final SlidingWindowStats slidingWindowStats = new SlidingWindowStats(ORIGIN);

    @Test
    void results_areCountedByTypeAndReason() {
        slidingWindowStats.ended("http", result(null), at(1));
        slidingWindowStats.ended("http", result(CheckFailureCode.TIMEOUT), at(2));
        slidingWindowStats.ended("http", result(CheckFailureCode.TIMEOUT), at(20));
        slidingWindowStats.ended("tcp", result(CheckFailureCode.REFUSED), at(30));

        var sum = slidingWindowStats.sum(at(31));

        var http = Objects.requireNonNull(sum.types().get("http"));
        assertThat(http.passed()).isEqualTo(1);
        assertThat(http.failures()).isEqualTo(Map.of(CheckFailureCode.TIMEOUT, 2L));
        assertThat(http.latency().count()).isEqualTo(3);
        assertThat(Objects.requireNonNull(sum.types().get("tcp")).failures())
                .isEqualTo(Map.of(CheckFailureCode.REFUSED, 1L));
        assertThat(slidingWindowStats.seconds(at(31))).isCloseTo(31, within(0.01));
    }

    @Test
    void results_olderThanOneMinute_areDropped() {
        slidingWindowStats.began(5_000_000, at(1));
        slidingWindowStats.ended("http", result(null), at(1));
        assertThat(slidingWindowStats.sum(at(54)).types()).isNotEmpty();

        var sum = slidingWindowStats.sum(at(61));

        assertThat(sum.types()).isEmpty();
        assertThat(sum.lag().count()).isZero();
        assertThat(slidingWindowStats.seconds(at(61))).isBetween(55.0, 60.0);
        assertThat(slidingWindowStats.seconds(at(3_601))).isBetween(55.0, 60.0);
    }

    @Test
    void quantiles_areAtMostOneSixteenthTooHigh() {
        var latencyHistogram = new LatencyHistogram();
        for (int micros = 1; micros <= 100_000; micros++) {
            latencyHistogram.add(micros);
        }
        assertThat(latencyHistogram.quantile(0.5)).isBetween(50_000L, 53_125L);
        assertThat(latencyHistogram.quantile(0.99)).isBetween(99_000L, 100_000L);
        assertThat(latencyHistogram.quantile(1)).isEqualTo(100_000);
        assertThat(latencyHistogram.max()).isEqualTo(100_000);
        assertThat(new LatencyHistogram().quantile(0.99)).isZero();
    }

    @Test
    void sumOfHistograms_includesAllRanges() {
        var sum = new LatencyHistogram();
        sum.add(7);
        var slow = new LatencyHistogram();
        slow.add(3_600_000_001L);
        sum.add(slow);

        assertThat(sum.count()).isEqualTo(2);
        assertThat(sum.quantile(0.5)).isEqualTo(7);
        assertThat(sum.quantile(0.99)).isEqualTo(3_600_000_001L);
        assertThat(sum.max()).isEqualTo(3_600_000_001L);
    }

    @Test
    void extremeLatencies_areCounted() {
        var latencyHistogram = new LatencyHistogram();
        latencyHistogram.add(Long.MAX_VALUE);
        latencyHistogram.add(-1);
        assertThat(latencyHistogram.count()).isEqualTo(2);
        assertThat(latencyHistogram.max()).isEqualTo(Long.MAX_VALUE);
        assertThat(latencyHistogram.quantile(0.5)).isZero();
    }

    private static ProbeResult result(@Nullable CheckFailureCode failure) {
        return new ProbeResult(failure, "", Duration.ofMillis(3));
    }

    private static long at(int seconds) {
        return ORIGIN + seconds * 1_000_000_000L;
    }
}
