package dev.aicore.discovery.config.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AllowanceTest {

    private static final long SECOND = 1_000_000_000;

    @ParameterizedTest
    @ValueSource(longs = {0, Long.MAX_VALUE - SECOND, Long.MIN_VALUE})
    void aBurstIsLetThroughAndThenTheRate(long now) {
        var allowance = new Allowance(10, Duration.ofSeconds(2), now);
        assertThat(IntStream.range(0, 30).filter(i -> allowance.take(now) == 0).count())
                .isEqualTo(20);
        assertThat(allowance.take(now)).isEqualTo(SECOND / 10);
        assertThat(allowance.take(now + SECOND / 10)).isZero();
        assertThat(allowance.take(now + SECOND / 10)).isPositive();
    }

    @Test
    void whoAsksAtTheRateIsNeverRefusedAndWhoAsksTenTimesAsOftenGetsTheRate() {
        var steady = new Allowance(100, Duration.ofMillis(100), 0);
        assertThat(LongStream.range(0, 1_000)
                        .map(i -> steady.take(i * SECOND / 100))
                        .sum())
                .isZero();
        var flood = new Allowance(100, Duration.ofMillis(100), 0);
        assertThat(LongStream.range(0, 10_000)
                        .filter(i -> flood.take(i * SECOND / 1_000) == 0)
                        .count())
                .isBetween(1_000L, 1_010L);
    }

    @Test
    void aRateBelowItsBurstLetsOneThrough() {
        var rare = new Allowance(0.5, Duration.ofMillis(100), 0);
        assertThat(rare.take(0)).isZero();
        assertThat(rare.take(SECOND)).isEqualTo(SECOND);
        assertThat(rare.take(2 * SECOND)).isZero();
    }
}
