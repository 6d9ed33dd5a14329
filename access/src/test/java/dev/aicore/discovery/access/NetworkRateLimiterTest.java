package dev.aicore.discovery.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aicore.discovery.config.settings.RateSettings;
import dev.aicore.discovery.config.time.ManualTimeSource;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class NetworkRateLimiterTest {

    private static final InetAddress ONE = InetAddress.ofLiteral("192.0.2.1");

    private final ManualTimeSource time = new ManualTimeSource(Instant.EPOCH);
    private final NetworkRateLimiter limiter =
            new NetworkRateLimiter(new RateSettings(true, 1_000, 10, Duration.ofSeconds(1), 0.2), time);

    @Test
    void network_beyondItsRate_isRefusedUntilTimeHasPassed() {
        assertThat(accepted(ONE, 20)).isEqualTo(10);
        assertThat(accepted(InetAddress.ofLiteral("192.0.2.2"), 20)).isEqualTo(10);
        time.pass(Duration.ofMillis(500));
        assertThat(accepted(ONE, 20)).isEqualTo(5);
    }

    @Test
    void addressesOfOneIpv6Network_shareItsRate() {
        assertThat(accepted(InetAddress.ofLiteral("2001:db8::1"), 6)
                        + accepted(InetAddress.ofLiteral("2001:db8::2"), 6))
                .isEqualTo(10);
    }

    @Test
    void loopback_hasNoLimit() {
        assertThat(accepted(InetAddress.getLoopbackAddress(), 100)).isEqualTo(100);
    }

    private int accepted(InetAddress address, int messages) {
        int accepted = 0;
        for (int i = 0; i < messages; i++) {
            accepted += limiter.tryAcquire(address) ? 1 : 0;
        }
        return accepted;
    }
}
