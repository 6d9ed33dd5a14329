package dev.aicore.discovery.config.settings;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.convert.DurationUnit;
import org.springframework.util.unit.DataSize;

/**
 * Limits of client connections.
 *
 * @param maxConnections 1 to 1000000; maximum number of open connections; a further one closes the connection that has
 *     been idle longest. The limit is at most three quarters of the process's file descriptors
 * @param maxSharePerAddress 0.001 to 1; maximum share of max_connections, of max_watchers and of max_further_services,
 *     of one IPv4 address or IPv6 /64; trusted_proxies are exempt
 * @param firstRequestTimeout 1s to 1h; maximum time from the start of a connection to the end of its first request's
 *     head; after it, the connection is closed
 * @param maxPendingBodies 8MB to 64GB; maximum size of the incomplete request bodies of all callers together;
 *     max_share_per_address of it, but at least 4 MB, for one address; above it, 503 overloaded. The first 4 KB of each
 *     body count towards a separate limit of the same size
 */
@ConfigurationProperties("service-discovery.server")
public record ConnectionSettings(
        @DefaultValue("10000") int maxConnections,
        @DefaultValue("0.25") double maxSharePerAddress,

        @DefaultValue("10s") @DurationUnit(ChronoUnit.SECONDS)
        Duration firstRequestTimeout,

        @DefaultValue("32MB") DataSize maxPendingBodies) {

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
