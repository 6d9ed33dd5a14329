package dev.aicore.discovery.command.batching;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aicore.discovery.config.settings.WriteSettings;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.springframework.util.unit.DataSize;

class LingerPolicyTest {

    private static final long MILLI = 1_000_000;

    private final LingerPolicy lingerPolicy = window(Duration.ofMillis(50));

    @Test
    void lingerWindow_withSingleCaller_isClosed() {
        assertThat(lingerPolicy.isOpen(1)).isFalse();
        lingerPolicy.decided(1, false);
        assertThat(lingerPolicy.isOpen(1)).isFalse();
    }

    @Test
    void lingerWindow_afterLargeBatch_isOpen() {
        lingerPolicy.decided(30, false);
        assertThat(lingerPolicy.isOpen(1)).isTrue();
    }

    @Test
    void lingerWindow_withEnoughCommands_isClosed() {
        lingerPolicy.decided(64, true);
        assertThat(lingerPolicy.isOpen(64)).isFalse();
        assertThat(lingerPolicy.isOpen(63)).isTrue();
    }

    @Test
    void nextCheck_underSteadyStream_isLong() {
        stream(lingerPolicy);
        assertThat(lingerPolicy.nextCheck(0, 0)).isEqualTo(10 * MILLI);
    }

    @Test
    void nextCheck_withWaitingCallers_isShort() {
        stream(lingerPolicy);
        for (int i = 0; i < 20; i++) {
            lingerPolicy.decided(4, false);
        }
        assertThat(lingerPolicy.nextCheck(0, 0)).isLessThan(MILLI);
    }

    @Test
    void nextCheck_nearWindowEnd_isRemainingTime() {
        stream(lingerPolicy);
        assertThat(lingerPolicy.nextCheck(0, 45 * MILLI)).isEqualTo(5 * MILLI);
        assertThat(lingerPolicy.nextCheck(0, 50 * MILLI)).isZero();
    }

    @Test
    void lingerWindows_ofAllShards_endTogether() {
        var other = window(Duration.ofMillis(50));
        stream(lingerPolicy);
        stream(other);
        assertThat(lingerPolicy.nextCheck(1_045 * MILLI, 0)).isEqualTo(5 * MILLI);
        assertThat(other.nextCheck(1_041 * MILLI, 4 * MILLI)).isEqualTo(5 * MILLI);
        assertThat(other.nextCheck(1_041 * MILLI, 9 * MILLI)).isZero();
    }

    @Test
    void zeroLingerWindow_isNeverOpen() {
        var none = window(Duration.ZERO);
        none.decided(30, true);
        assertThat(none.isOpen(2)).isFalse();
    }

    private static void stream(LingerPolicy lingerPolicy) {
        for (int i = 0; i < 20; i++) {
            lingerPolicy.decided(30, true);
        }
    }

    private static LingerPolicy window(Duration longest) {
        return new LingerPolicy(
                new WriteSettings("postgres", longest, 64, 1_000, 1_000, 5_000, DataSize.ofMegabytes(1)));
    }
}
