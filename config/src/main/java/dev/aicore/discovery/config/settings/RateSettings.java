package dev.aicore.discovery.config.settings;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.convert.DurationUnit;

/**
 * Limits of the request rate of one caller on a node.
 *
 * @param enabled false turns the limits off
 * @param perPrincipal 1 to 1,000,000; requests per second of one principal
 * @param perAddress 1 to 1,000,000; requests per second of one IPv4 address or IPv6 /64, over all principals; loopback
 *     addresses have no limit
 * @param burst 100 ms to 1 min; after a pause, a caller may send the requests of this time at once
 * @param reservedHeartbeatShare 0 to 0.9; share of both limits that is reserved for heartbeats
 */
@ConfigurationProperties("service-discovery.server.rate-limit")
public record RateSettings(
        boolean enabled,
        int perPrincipal,
        int perAddress,
        @DurationUnit(ChronoUnit.SECONDS) Duration burst,
        double reservedHeartbeatShare) {

    private static final String PREFIX = "server.rate_limit.";

    public RateSettings {
        perPrincipal = SettingConstraints.between(PREFIX + "per_principal", perPrincipal, 1, 1_000_000);
        perAddress = SettingConstraints.between(PREFIX + "per_address", perAddress, 1, 1_000_000);
        burst = SettingConstraints.between(PREFIX + "burst", burst, Duration.ofMillis(100), Duration.ofMinutes(1));
        reservedHeartbeatShare =
                SettingConstraints.between(PREFIX + "reserved_heartbeat_share", reservedHeartbeatShare, 0.0, 0.9);
    }
}
