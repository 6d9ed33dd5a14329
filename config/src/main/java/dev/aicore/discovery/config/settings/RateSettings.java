package dev.aicore.discovery.config.settings;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.convert.DurationUnit;

/**
 * Limits of the request rate of one caller on a node.
 *
 * @param enabled false = no limit on requests; true = the following limits of each node, above them 429 with
 *     Retry-After. Callers that need no credentials (development on loopback) have no limit
 * @param perPrincipal 1 to 1000000; maximum requests per second of one principal; a batch counts as one
 * @param perAddress 1 to 1000000; maximum requests per second of one IPv4 address or IPv6 /64, over all principals;
 *     loopback has no limit
 * @param burst 100ms to 1m; after a pause, a caller may send the requests of this time at once
 * @param reservedHeartbeatShare 0 to 0.9; share of both limits that is reserved for heartbeats
 */
@ConfigurationProperties("service-discovery.server.rate-limit")
public record RateSettings(
        @DefaultValue("true") boolean enabled,
        @DefaultValue("5000") int perPrincipal,
        @DefaultValue("10000") int perAddress,

        @DefaultValue("2s") @DurationUnit(ChronoUnit.SECONDS)
        Duration burst,

        @DefaultValue("0.2") double reservedHeartbeatShare) {

    private static final String PREFIX = "server.rate_limit.";

    public RateSettings {
        perPrincipal = SettingConstraints.between(PREFIX + "per_principal", perPrincipal, 1, 1_000_000);
        perAddress = SettingConstraints.between(PREFIX + "per_address", perAddress, 1, 1_000_000);
        burst = SettingConstraints.between(PREFIX + "burst", burst, Duration.ofMillis(100), Duration.ofMinutes(1));
        reservedHeartbeatShare =
                SettingConstraints.between(PREFIX + "reserved_heartbeat_share", reservedHeartbeatShare, 0.0, 0.9);
    }
}
