package dev.aicore.discovery.config.settings;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.convert.DurationUnit;

/**
 * Settings of authentication as a whole.
 *
 * @param anonymousAdminForEveryoneWhoCanConnect leave it false. If true, no credentials are required: every caller that
 *     can open a connection, from any address, may do everything. It is for a server whose port only its own machine
 *     can reach although it isn't bound to loopback, as in a container published on 127.0.0.1. It is refused outside
 *     the development environment, and each start logs a warning
 * @param generateMissingSecret true = a start that needs jwt.secret and finds none generates one in data_dir, with an
 *     admin's API key beside it, which it prints once; false = such a start is refused. The container image sets true
 */
@ConfigurationProperties("service-discovery.auth")
public record AuthSettings(
        @DefaultValue("false") boolean anonymousAdminForEveryoneWhoCanConnect,
        @DefaultValue("false") boolean generateMissingSecret) {

    /**
     * Settings of authentication by API keys.
     *
     * @param staleLimit 1s to 24h; time for which API keys are accepted while the event store, which reports revoked
     *     keys, is unavailable
     */
    @ConfigurationProperties("service-discovery.auth.api-keys")
    public record ApiKeySettings(
            @DefaultValue("10m") @DurationUnit(ChronoUnit.SECONDS)
            Duration staleLimit) {

        public ApiKeySettings {
            staleLimit = SettingConstraints.between(
                    "auth.api_keys.stale_limit", staleLimit, Duration.ofSeconds(1), Duration.ofDays(1));
        }
    }

    /**
     * Limits of failed authentication.
     *
     * @param maxFailures 1 to 1000000; maximum number of attempts with wrong credentials within the window, per IPv4
     *     address or IPv6 /64; above it, 429, and no token is verified
     * @param window 1s to 24h; time window of the attempts
     */
    @ConfigurationProperties("service-discovery.auth.login")
    public record LoginSettings(
            @DefaultValue("30") int maxFailures,

            @DefaultValue("60s") @DurationUnit(ChronoUnit.SECONDS)
            Duration window) {

        public LoginSettings {
            maxFailures = SettingConstraints.between("auth.login.max_failures", maxFailures, 1, 1_000_000);
            window = SettingConstraints.between("auth.login.window", window, Duration.ofSeconds(1), Duration.ofDays(1));
        }
    }

    /**
     * Settings of the sessions of browsers.
     *
     * @param lifetime 1m to 7d; time after which a browser must sign in again; never later than its key or token ends
     * @param tokenLifetime 30s to 1h; lifetime of the tokens that a session is exchanged for
     */
    @ConfigurationProperties("service-discovery.auth.sessions")
    public record SessionSettings(
            @DefaultValue("8h") @DurationUnit(ChronoUnit.SECONDS)
            Duration lifetime,

            @DefaultValue("5m") @DurationUnit(ChronoUnit.SECONDS)
            Duration tokenLifetime) {

        public SessionSettings {
            lifetime = SettingConstraints.between(
                    "auth.sessions.lifetime", lifetime, Duration.ofMinutes(1), Duration.ofDays(7));
            tokenLifetime = SettingConstraints.between(
                    "auth.sessions.token_lifetime", tokenLifetime, Duration.ofSeconds(30), Duration.ofHours(1));
        }
    }

    /**
     * Settings of the records of denied requests.
     *
     * @param retention 1d to 365d; time for which denied requests are stored
     */
    @ConfigurationProperties("service-discovery.auth.denials")
    public record DenialSettings(
            @DefaultValue("30d") @DurationUnit(ChronoUnit.SECONDS)
            Duration retention) {

        public DenialSettings {
            retention = SettingConstraints.between(
                    "auth.denials.retention", retention, Duration.ofDays(1), Duration.ofDays(365));
        }
    }
}
