package dev.aicore.discovery.command.monitor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.aicore.discovery.api.health.CheckFailure;
import dev.aicore.discovery.command.probe.ProbeResult;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class LastMinuteTest {

    private static final long ORIGIN = -1_000_000_000_000L;

    private final LastMinute lastMinute = new LastMinute(ORIGIN);

    @Test
    void countsByTypeAndReason() {
        lastMinute.ended("http", result(null), at(1));
        lastMinute.ended("http", result(CheckFailure.TIMEOUT), at(2));
        lastMinute.ended("http", result(CheckFailure.TIMEOUT), at(20));
        lastMinute.ended("tcp", result(CheckFailure.REFUSED), at(30));

        var sum = lastMinute.sum(at(31));

        var http = Objects.requireNonNull(sum.types().get("http"));
        assertThat(http.passed()).isEqualTo(1);
        assertThat(http.failures()).isEqualTo(Map.of(CheckFailure.TIMEOUT, 2L));
        assertThat(http.latency().count()).isEqualTo(3);
        assertThat(Objects.requireNonNull(sum.types().get("tcp")).failures())
                .isEqualTo(Map.of(CheckFailure.REFUSED, 1L));
        assertThat(lastMinute.seconds(at(31))).isCloseTo(31, within(0.01));
    }

    @Test
    void forgetsWhatIsOlderThanAMinute() {
        lastMinute.began(5_000_000, at(1));
        lastMinute.ended("http", result(null), at(1));
        assertThat(lastMinute.sum(at(54)).types()).isNotEmpty();

        var sum = lastMinute.sum(at(61));

        assertThat(sum.types()).isEmpty();
        assertThat(sum.lag().count()).isZero();
        assertThat(lastMinute.seconds(at(61))).isBetween(55.0, 60.0);
        assertThat(lastMinute.seconds(at(3_601))).isBetween(55.0, 60.0);
    }

    @Test
    void quantilesAreNeverTooLowAndAtMostAnEighthTooHigh() {
        var histogram = new Histogram();
        for (int micros = 1; micros <= 100_000; micros++) {
            histogram.add(micros);
        }
        assertThat(histogram.quantile(0.5)).isBetween(50_000L, 56_250L);
        assertThat(histogram.quantile(0.99)).isBetween(99_000L, 100_000L);
        assertThat(histogram.quantile(1)).isEqualTo(100_000);
        assertThat(histogram.max()).isEqualTo(100_000);
        assertThat(new Histogram().quantile(0.99)).isZero();
    }

    @Test
    void whatTakesForEverStillHasABucket() {
        var histogram = new Histogram();
        histogram.add(Long.MAX_VALUE);
        histogram.add(-1);
        assertThat(histogram.count()).isEqualTo(2);
        assertThat(histogram.max()).isEqualTo(Long.MAX_VALUE);
        assertThat(histogram.quantile(0.5)).isZero();
    }

    private static ProbeResult result(@Nullable CheckFailure failure) {
        return new ProbeResult(failure, "", Duration.ofMillis(3));
    }

    private static long at(int seconds) {
        return ORIGIN + seconds * 1_000_000_000L;
    }
}
