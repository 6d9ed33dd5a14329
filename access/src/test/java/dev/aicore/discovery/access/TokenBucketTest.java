package dev.aicore.discovery.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aicore.discovery.config.time.ManualTimeSource;
import dev.aicore.discovery.config.time.SteppingTimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TokenBucketTest {

    private static final Duration TENTH = Duration.ofMillis(100);

    private final ManualTimeSource time = new ManualTimeSource(Instant.parse("2026-11-23T12:00:00Z"));

    @Test
    void bucket_afterBurst_admitsAtRate() {
        var tokenBucket = allowance(10, Duration.ofSeconds(2));
        assertThat(IntStream.range(0, 30)
                        .filter(i -> tokenBucket.tryAcquire() == 0)
                        .count())
                .isEqualTo(20);
        assertThat(tokenBucket.tryAcquire()).isEqualTo(TENTH.toNanos());
        time.pass(TENTH);
        assertThat(tokenBucket.tryAcquire()).isZero();
        assertThat(tokenBucket.tryAcquire()).isPositive();
    }

    @Test
    void bucket_admitsExactlyRateUnderExcessLoad() {
        var steady = allowance(100, TENTH);
        assertThat(taken(steady, 1_000, Duration.ofMillis(10))).isEqualTo(1_000);
        var flood = allowance(100, TENTH);
        assertThat(taken(flood, 10_000, Duration.ofMillis(1))).isBetween(1_000L, 1_010L);
    }

    @Test
    void bucket_withBurstBelowOneToken_admitsSingleRequests() {
        var rare = allowance(0.5, TENTH);
        assertThat(rare.tryAcquire()).isZero();
        time.pass(Duration.ofSeconds(1));
        assertThat(rare.tryAcquire()).isEqualTo(Duration.ofSeconds(1).toNanos());
        time.pass(Duration.ofSeconds(1));
        assertThat(rare.tryAcquire()).isZero();
    }

    @Test
    void refillDuringRefusal_admitsNoExtraRequest() {
        var step = TENTH.dividedBy(3);
        var now = new SteppingTimeSource(step);
        var tokenBucket = new TokenBucket(10, TENTH, TokenBucket.meter(now));
        long through = IntStream.range(0, 1_000)
                .filter(i -> tokenBucket.tryAcquire() == 0)
                .count();
        assertThat(through).isLessThanOrEqualTo(1 + (now.nanos() - step.toNanos()) / TENTH.toNanos());
    }

    private TokenBucket allowance(double perSecond, Duration burst) {
        return new TokenBucket(perSecond, burst, TokenBucket.meter(time));
    }

    private long taken(TokenBucket tokenBucket, int times, Duration pause) {
        return IntStream.range(0, times)
                .filter(i -> {
                    time.pass(pause);
                    return tokenBucket.tryAcquire() == 0;
                })
                .count();
    }
}
