package dev.aicore.discovery.config.settings;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.convert.DurationUnit;
import org.springframework.util.unit.DataSize;

/**
 * Settings of several nodes on one event store, of which one owns it. The others send writes to it.
 *
 * @param advertisedAddress host name or address at which the other nodes reach this one, with or without a port; empty
 *     = server.host, or the address of this machine if that is a wildcard
 * @param holdTimeout 0 to 1m; maximum time for which a node holds a write while no node owns the event store; after it,
 *     503
 * @param relayTimeout 1s to 10m; maximum wait for the owner's answer to a write; after it, 503, and whether the write
 *     was done is unknown
 * @param maxRelayed 1 to 1000000; maximum number of writes that a node has sent to the owner or holds; above it, 503
 * @param maxRelayedBytes 4MB to 64GB; maximum size of the bodies of these writes; above it, 503
 */
@ConfigurationProperties("service-discovery.cluster")
public record ClusterSettings(
        @DefaultValue("") String advertisedAddress,

        @DefaultValue("10s") @DurationUnit(ChronoUnit.SECONDS)
        Duration holdTimeout,

        @DefaultValue("60s") @DurationUnit(ChronoUnit.SECONDS)
        Duration relayTimeout,

        @DefaultValue("10000") int maxRelayed,
        @DefaultValue("32MB") DataSize maxRelayedBytes) {

    private static final String PREFIX = "cluster.";

    /** A host name, an IPv4 address, or an IPv6 address in brackets; each with or without a port. */
    private static final String ADDRESS = "|([A-Za-z0-9._-]+|\\[[0-9A-Fa-f:.]+])(:[0-9]{1,5})?";

    public ClusterSettings {
        advertisedAddress = SettingConstraints.matching(
                PREFIX + "advertised_address",
                advertisedAddress,
                ADDRESS,
                "a host name, an IPv4 address or an IPv6 address in brackets, with or without a port");
        holdTimeout =
                SettingConstraints.between(PREFIX + "hold_timeout", holdTimeout, Duration.ZERO, Duration.ofMinutes(1));
        relayTimeout = SettingConstraints.between(
                PREFIX + "relay_timeout", relayTimeout, Duration.ofSeconds(1), Duration.ofMinutes(10));
        maxRelayed = SettingConstraints.between(PREFIX + "max_relayed", maxRelayed, 1, 1_000_000);
        maxRelayedBytes = SettingConstraints.between(
                PREFIX + "max_relayed_bytes", maxRelayedBytes, DataSize.ofMegabytes(4), DataSize.ofGigabytes(64));
    }
}
