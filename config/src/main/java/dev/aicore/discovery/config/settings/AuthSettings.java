package dev.aicore.discovery.config.settings;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.convert.DurationUnit;

/**
 * Settings of authentication as a whole.
 *
 * @param anonymousAdminForEveryoneWhoCanConnect true lets every caller act as admin, from any address and without
 *     credentials; refused outside the development environment
 * @param generateMissingSecret true generates a missing {@code auth.jwt.secret} in the data directory at a start that
 *     needs it, with an admin key beside it; false refuses such a start
 */
@ConfigurationProperties("service-discovery.auth")
public record AuthSettings(boolean anonymousAdminForEveryoneWhoCanConnect, boolean generateMissingSecret) {

    /**
     * Settings of authentication by API keys.
     *
     * @param staleLimit 1 s to 24 h; how long keys are accepted while the event store, which reports revoked keys, is
     *     unavailable
     */
    @ConfigurationProperties("service-discovery.auth.api-keys")
    public record ApiKeySettings(
            @DurationUnit(ChronoUnit.SECONDS) Duration staleLimit) {

        public ApiKeySettings {
            staleLimit = SettingConstraints.between(
                    "auth.api_keys.stale_limit", staleLimit, Duration.ofSeconds(1), Duration.ofDays(1));
        }
    }

    /**
     * Limits of failed authentication.
     *
     * @param maxFailures 1 to 1,000,000; attempts of one network (IPv4 address or IPv6 /64) with wrong credentials
     *     within the window; then its credentials are no longer verified
     * @param window 1 s to 24 h; time window of the attempts
     */
    @ConfigurationProperties("service-discovery.auth.login")
    public record LoginSettings(
            int maxFailures,
            @DurationUnit(ChronoUnit.SECONDS) Duration window) {

        public LoginSettings {
            maxFailures = SettingConstraints.between("auth.login.max_failures", maxFailures, 1, 1_000_000);
            window = SettingConstraints.between("auth.login.window", window, Duration.ofSeconds(1), Duration.ofDays(1));
        }
    }

    /**
     * Settings of the records of denied requests.
     *
     * @param retention 1 d to 365 d; retention of the records
     */
    @ConfigurationProperties("service-discovery.auth.denials")
    public record DenialSettings(
            @DurationUnit(ChronoUnit.SECONDS) Duration retention) {

        public DenialSettings {
            retention = SettingConstraints.between(
                    "auth.denials.retention", retention, Duration.ofDays(1), Duration.ofDays(365));
        }
    }
}
