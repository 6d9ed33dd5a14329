package dev.aicore.discovery.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.aicore.discovery.api.error.ErrorCode;
import dev.aicore.discovery.api.error.RegistryException;
import dev.aicore.discovery.config.settings.RateSettings;
import dev.aicore.discovery.config.time.ManualTimeSource;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RequestRateLimiterTest {

    private final ManualTimeSource time = new ManualTimeSource(Instant.parse("2026-11-23T12:00:00Z"));
    private final RequestRateLimiter rateLimiter =
            new RequestRateLimiter(new RateSettings(true, 10, 20, Duration.ofSeconds(1), 0.2), time);

    @Test
    void principal_beyondRate_isLimitedWithoutAffectingOtherPrincipals() {
        assertThat(passed(100, "greedy", Permission.REGISTRY_READ)).isEqualTo(8);
        assertThatExceptionOfType(RegistryException.class)
                .isThrownBy(() -> rateLimiter.limitPrincipal(caller("greedy"), Permission.REGISTRY_READ))
                .withMessage("This principal may send 10 requests per second, of which 20 % are reserved for"
                        + " heartbeats.")
                .matches(refusal -> refusal.code() == ErrorCode.RATE_LIMITED)
                .matches(refusal -> Duration.ofMillis(125).equals(refusal.retryAfter()));
        assertThat(passed(100, "modest", Permission.REGISTRY_READ)).isEqualTo(8);
        time.pass(Duration.ofMillis(125));
        assertThat(passed(100, "greedy", Permission.REGISTRY_READ)).isEqualTo(1);
    }

    @Test
    void heartbeats_useReservedShareAndRemainingRate() {
        passed(100, "greedy", Permission.REGISTRY_READ);
        assertThat(passed(100, "greedy", Permission.INSTANCE_RENEW)).isEqualTo(2);
        assertThat(passed(100, "beating", Permission.INSTANCE_RENEW)).isEqualTo(10);
    }

    @Test
    void heartbeats_withoutReservedShare_areLimitedAsOtherRequests() {
        var none = new RequestRateLimiter(new RateSettings(true, 10, 20, Duration.ofSeconds(1), 0), time);
        IntStream.range(0, 10).forEach(i -> none.limitPrincipal(caller("a"), Permission.REGISTRY_READ));
        assertThatExceptionOfType(RegistryException.class)
                .isThrownBy(() -> none.limitPrincipal(caller("a"), Permission.INSTANCE_RENEW));
    }

    @Test
    void network_beyondRate_isLimitedExceptLoopback() throws Exception {
        var stranger = InetAddress.getByName("203.0.113.7");
        IntStream.range(0, 16).forEach(i -> rateLimiter.limitNetwork(stranger, null));
        assertThatExceptionOfType(RegistryException.class).isThrownBy(() -> rateLimiter.limitNetwork(stranger, null));
        assertThatCode(() -> rateLimiter.limitNetwork(InetAddress.getByName("203.0.113.8"), null))
                .doesNotThrowAnyException();
        var here = InetAddress.getLoopbackAddress();
        assertThatCode(() -> IntStream.range(0, 1_000).forEach(i -> rateLimiter.limitNetwork(here, null)))
                .doesNotThrowAnyException();
    }

    @Test
    void anonymousPrincipal_isNotLimited() {
        assertThat(passed(1_000, "anonymous", Permission.REGISTRY_READ)).isEqualTo(1_000);
    }

    @Test
    void disabledRateLimiter_limitsNoRequest() {
        var off = new RequestRateLimiter(new RateSettings(false, 1, 1, Duration.ofSeconds(1), 0), time);
        assertThatCode(() -> IntStream.range(0, 1_000)
                        .forEach(i -> off.limitPrincipal(caller("a"), Permission.REGISTRY_READ)))
                .doesNotThrowAnyException();
    }

    private long passed(int requests, String principal, Permission permission) {
        return IntStream.range(0, requests)
                .filter(i -> {
                    try {
                        rateLimiter.limitPrincipal(caller(principal), permission);
                        return true;
                    } catch (RegistryException refused) {
                        return false;
                    }
                })
                .count();
    }

    private static Caller caller(String principal) {
        return new Caller(principal, "viewer", "203.0.113.7", "rest", "r", null);
    }
}
