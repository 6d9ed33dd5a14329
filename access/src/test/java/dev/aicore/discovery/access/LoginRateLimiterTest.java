package dev.aicore.discovery.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.aicore.discovery.api.error.ErrorCode;
import dev.aicore.discovery.api.error.RegistryException;
import dev.aicore.discovery.config.settings.AuthSettings.LoginSettings;
import dev.aicore.discovery.config.time.ManualTimeSource;
import dev.aicore.discovery.web.ClientNetwork;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class LoginRateLimiterTest {

    private final ManualTimeSource time = new ManualTimeSource(Instant.parse("2026-11-23T12:00:00Z"));
    private final LoginRateLimiter rateLimiter =
            new LoginRateLimiter(new LoginSettings(3, Duration.ofSeconds(60)), time);

    @Test
    void network_afterMaximumFailures_isLimitedUntilEndOfWindow() {
        for (int i = 0; i < 3; i++) {
            rateLimiter.requireAllowed("10.0.0.1");
            rateLimiter.failed("10.0.0.1");
        }
        time.pass(Duration.ofSeconds(20));
        assertThatExceptionOfType(RegistryException.class)
                .isThrownBy(() -> rateLimiter.requireAllowed("10.0.0.1"))
                .matches(refusal -> refusal.code() == ErrorCode.RATE_LIMITED)
                .matches(refusal -> Duration.ofSeconds(40).equals(refusal.retryAfter()));
        assertThatCode(() -> rateLimiter.requireAllowed("10.0.0.2")).doesNotThrowAnyException();
        time.pass(Duration.ofSeconds(40));
        assertThatCode(() -> rateLimiter.requireAllowed("10.0.0.1")).doesNotThrowAnyException();
    }

    /** A caller may have 65,536 networks, each of which can be throttled on its own. */
    @Test
    void networkFlood_doesNotResetLimitedNetworks() {
        var throttled = List.of("198.51.100.1", "2001:db8:0:1:0:0:0:0/64");
        for (var network : throttled) {
            for (int failure = 0; failure < 3; failure++) {
                rateLimiter.failed(network);
            }
        }
        for (int network = 0; network < 65_536; network++) {
            rateLimiter.failed("2001:db8:1:" + Integer.toHexString(network) + ":0:0:0:0/64");
        }
        assertThat(throttled)
                .allSatisfy(network -> assertThatExceptionOfType(RegistryException.class)
                        .isThrownBy(() -> rateLimiter.requireAllowed(network)));
        assertThatCode(() -> rateLimiter.requireAllowed("203.0.113.1")).doesNotThrowAnyException();
        assertThat(rateLimiter.size()).isLessThanOrEqualTo(LoginRateLimiter.MAX_NETWORKS);
    }

    @Test
    void ipv6Addresses_inSamePrefix_areOneNetwork() throws UnknownHostException {
        assertThat(ClientNetwork.of(InetAddress.getByName("2001:db8:1:2:3::4")))
                .isEqualTo(ClientNetwork.of(InetAddress.getByName("2001:db8:1:2:ffff::1")))
                .isNotEqualTo(ClientNetwork.of(InetAddress.getByName("2001:db8:1:3::4")));
        assertThat(ClientNetwork.of(InetAddress.getByName("10.0.0.1"))).isEqualTo("10.0.0.1");
        assertThat(ClientNetwork.of("no address")).isEqualTo("unknown");
    }
}
