package dev.aicore.discovery.config.settings;

import io.netty.util.NetUtil;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.convert.DurationUnit;

/**
 * Settings of the REST server.
 *
 * @param host address or name to bind; only a loopback address is open without authentication, and only in development
 * @param port 0 to 65535; 0 takes any free port
 * @param shutdownTimeout 0 s to 1 h; how long running requests may take after a request to stop
 * @param receiveTimeout 1 s to 1 h; maximum time from the first to the last byte of a request. A short timeout cuts off
 *     callers on slow connections; a long timeout lets slow callers occupy connections
 * @param requestTimeout 1 s to 1 h; maximum time to answer a request; less than 30 s cuts off reads that wait longer
 * @param idleTimeout 1 s to 24 h; time after which a connection without requests is closed
 * @param hotPath true if the most frequent routes are answered on the hot path in front of WebFlux, with the same
 *     answers
 */
@ConfigurationProperties("service-discovery.server")
public record ServerSettings(
        String host,
        int port,
        @DurationUnit(ChronoUnit.SECONDS) Duration shutdownTimeout,
        @DurationUnit(ChronoUnit.SECONDS) Duration receiveTimeout,
        @DurationUnit(ChronoUnit.SECONDS) Duration requestTimeout,
        @DurationUnit(ChronoUnit.SECONDS) Duration idleTimeout,
        boolean hotPath) {

    public ServerSettings {
        host = SettingConstraints.matching("server.host", host, "[A-Za-z0-9._:%-]+", "an address or host name to bind");
        port = SettingConstraints.between("server.port", port, 0, 65_535);
        shutdownTimeout = SettingConstraints.between(
                "server.shutdown_timeout", shutdownTimeout, Duration.ZERO, Duration.ofHours(1));
        receiveTimeout = SettingConstraints.between(
                "server.receive_timeout", receiveTimeout, Duration.ofSeconds(1), Duration.ofHours(1));
        requestTimeout = SettingConstraints.between(
                "server.request_timeout", requestTimeout, Duration.ofSeconds(1), Duration.ofHours(1));
        idleTimeout = SettingConstraints.between(
                "server.idle_timeout", idleTimeout, Duration.ofSeconds(1), Duration.ofHours(24));
    }

    /**
     * Returns true if the host is evidently a loopback address. Other names are not resolved and count as reachable.
     */
    public boolean onLoopback() {
        var lower = host.toLowerCase(Locale.ROOT);
        if (lower.equals("localhost") || lower.endsWith(".localhost")) {
            return true;
        }
        var address = NetUtil.createInetAddressFromIpAddressString(host);
        return address != null && address.isLoopbackAddress();
    }

    /**
     * Settings of trusted proxies, whose headers about the caller's address are accepted.
     *
     * @param trustedProxies ranges in CIDR notation; empty trusts no proxy
     */
    @ConfigurationProperties("service-discovery.server")
    public record ProxySettings(List<String> trustedProxies) {

        public ProxySettings {
            trustedProxies = AddressRange.listed("server.trusted_proxies", trustedProxies);
        }

        /** Returns the parsed ranges of the trusted proxies. */
        public List<AddressRange> trusted() {
            return trustedProxies.stream().map(AddressRange::of).toList();
        }
    }
}
