package dev.aicore.discovery.config.settings;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.convert.DurationUnit;
import org.springframework.util.unit.DataSize;

/**
 * Limits of client connections.
 *
 * @param maxConnections 1 to 1,000,000; number of open connections. A further connection closes the one that has been
 *     idle longest
 * @param maxSharePerAddress 0.001 to 1; share of the connections, watchers and pending bodies that one IPv4 address or
 *     IPv6 /64 may have
 * @param firstRequestTimeout 1 s to 1 h; time from the start of a connection to the end of its first request's head
 * @param maxPendingBodies 8 MB to 64 GB; total size of incomplete request bodies
 */
@ConfigurationProperties("service-discovery.server")
public record ConnectionSettings(
        int maxConnections,
        double maxSharePerAddress,
        @DurationUnit(ChronoUnit.SECONDS) Duration firstRequestTimeout,
        DataSize maxPendingBodies) {

    public ConnectionSettings {
        maxConnections = SettingConstraints.between("server.max_connections", maxConnections, 1, 1_000_000);
        maxSharePerAddress = SettingConstraints.between("server.max_share_per_address", maxSharePerAddress, 0.001, 1.0);
        firstRequestTimeout = SettingConstraints.between(
                "server.first_request_timeout", firstRequestTimeout, Duration.ofSeconds(1), Duration.ofHours(1));
        maxPendingBodies = SettingConstraints.between(
                "server.max_pending_bodies", maxPendingBodies, DataSize.ofMegabytes(8), DataSize.ofGigabytes(64));
    }

    /** Returns the part of {@code all} that one address may have, at least 1. */
    public int maxPerAddress(int all) {
        return (int) maxPerAddress((long) all);
    }

    /** Returns the part of {@code all} that one address may have, at least 1. */
    public long maxPerAddress(long all) {
        return (long) Math.max(1, all * maxSharePerAddress);
    }
}
