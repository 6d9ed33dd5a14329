package dev.aicore.discovery.config.settings;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.convert.DurationUnit;

/**
 * Settings of the xDS server.
 *
 * @param port 0 to 65535; TCP port of gRPC, without TLS, such as 18000; 0 = no xDS server. Callers need the credentials
 *     that the REST API needs: see docs/dialects.md
 * @param host IP address or host name to bind; empty = that of server.host
 * @param maxStreams 1 to 1000000; maximum number of open streams; server.max_share_per_address of it for one address;
 *     above it, RESOURCE_EXHAUSTED
 * @param maxNames 1 to 1000000; maximum number of resources of one type that a stream may name; above it,
 *     RESOURCE_EXHAUSTED
 * @param authenticationTimeout 100ms to 1m; maximum time to verify the credentials of a new stream; after it,
 *     UNAVAILABLE
 * @param minPushInterval 0 to 10s; minimum time between two pushes, which bundles the changes in between
 */
@ConfigurationProperties("service-discovery.xds")
public record XdsSettings(
        @DefaultValue("0") int port,
        @DefaultValue("") String host,
        @DefaultValue("10000") int maxStreams,
        @DefaultValue("1000") int maxNames,

        @DefaultValue("10s") @DurationUnit(ChronoUnit.SECONDS)
        Duration authenticationTimeout,

        @DefaultValue("20ms") @DurationUnit(ChronoUnit.SECONDS)
        Duration minPushInterval) {

    public XdsSettings {
        port = SettingConstraints.between("xds.port", port, 0, 65_535);
        host = SettingConstraints.matching(
                "xds.host", host, "[A-Za-z0-9._:%-]*", "an address or host name to bind, or nothing");
        maxStreams = SettingConstraints.between("xds.max_streams", maxStreams, 1, 1_000_000);
        maxNames = SettingConstraints.between("xds.max_names", maxNames, 1, 1_000_000);
        authenticationTimeout = SettingConstraints.between(
                "xds.authentication_timeout", authenticationTimeout, Duration.ofMillis(100), Duration.ofMinutes(1));
        minPushInterval = SettingConstraints.between(
                "xds.min_push_interval", minPushInterval, Duration.ZERO, Duration.ofSeconds(10));
    }
}
