package dev.aicore.discovery.config.settings;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.convert.DurationUnit;
import org.springframework.util.unit.DataSize;

/**
 * Settings of the DNS server.
 *
 * @param port 0 to 65535; UDP and TCP port, such as 8600, of the DNS server for the names of services; 0 = no DNS
 *     server. DNS has no credentials: see docs/security.md
 * @param host IP address or host name to bind; empty = that of server.host
 * @param domain domain whose names are answered
 * @param altDomain second domain that answers the same names; empty = none
 * @param datacenter name of the only datacenter, which names may contain; a single label
 * @param ttl 0 to 1h; time for which resolvers may cache an answer
 * @param maxUdpSize 512B to 65000B; maximum size of an answer over UDP, to a client that accepts as much; the rest is
 *     left out, and clients ask again over TCP
 * @param maxPendingQueries 1 to 1000000; maximum number of queries that wait for a store at the same time;
 *     server.max_share_per_address of it for one address; above it, SERVFAIL
 * @param readTimeout 100ms to 1m; maximum time that a query waits for a store; after it, SERVFAIL
 * @param maxConnections 1 to 1000000; maximum number of open TCP connections; server.max_share_per_address of it for
 *     one address; a further one is closed
 * @param idleTimeout 1s to 1h; time after which a TCP connection without a complete query is closed
 */
@ConfigurationProperties("service-discovery.dns")
public record DnsSettings(
        @DefaultValue("0") int port,
        @DefaultValue("") String host,
        @DefaultValue("consul") String domain,
        @DefaultValue("sd.local") String altDomain,
        @DefaultValue("dc1") String datacenter,

        @DefaultValue("0s") @DurationUnit(ChronoUnit.SECONDS)
        Duration ttl,

        @DefaultValue("8192B") DataSize maxUdpSize,
        @DefaultValue("1000") int maxPendingQueries,

        @DefaultValue("2s") @DurationUnit(ChronoUnit.SECONDS)
        Duration readTimeout,

        @DefaultValue("1000") int maxConnections,

        @DefaultValue("10s") @DurationUnit(ChronoUnit.SECONDS)
        Duration idleTimeout) {

    private static final String LABEL = "[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?";
    private static final String DOMAIN = "(?=.{1,100}$)" + LABEL + "([.]" + LABEL + ")*";

    public DnsSettings {
        port = SettingConstraints.between("dns.port", port, 0, 65_535);
        host = SettingConstraints.matching(
                "dns.host", host, "[A-Za-z0-9._:%-]*", "an address or host name to bind, or nothing");
        domain = SettingConstraints.matching("dns.domain", domain, DOMAIN, "a domain such as 'consul'");
        altDomain = SettingConstraints.matching(
                "dns.alt_domain", altDomain, "(" + DOMAIN + ")?", "a domain such as 'sd.local', or nothing");
        datacenter = SettingConstraints.matching("dns.datacenter", datacenter, LABEL, "a label such as 'dc1'");
        ttl = SettingConstraints.between("dns.ttl", ttl, Duration.ZERO, Duration.ofHours(1));
        maxUdpSize = SettingConstraints.between(
                "dns.max_udp_size", maxUdpSize, DataSize.ofBytes(512), DataSize.ofBytes(65_000));
        maxPendingQueries = SettingConstraints.between("dns.max_pending_queries", maxPendingQueries, 1, 1_000_000);
        readTimeout = SettingConstraints.between(
                "dns.read_timeout", readTimeout, Duration.ofMillis(100), Duration.ofMinutes(1));
        maxConnections = SettingConstraints.between("dns.max_connections", maxConnections, 1, 1_000_000);
        idleTimeout =
                SettingConstraints.between("dns.idle_timeout", idleTimeout, Duration.ofSeconds(1), Duration.ofHours(1));
    }
}
