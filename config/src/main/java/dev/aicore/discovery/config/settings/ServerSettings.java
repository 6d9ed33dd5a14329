package dev.aicore.discovery.config.settings;

import io.netty.util.NetUtil;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.convert.DurationUnit;

/**
 * Settings of the REST server.
 *
 * @param host IP address or host name to bind
 * @param port 0 to 65535; port to listen on; 0 = any free port
 * @param shutdownTimeout 0 to 1h; time for requests in flight to finish at shutdown
 * @param receiveTimeout 1s to 1h; maximum time from a request's first byte to its last; after it, 408, or the
 *     connection is closed. A short time cuts off callers on slow connections
 * @param requestTimeout 1s to 1h; maximum time from a request's last byte to the end of its response; after it, 503,
 *     also for reads that request a longer wait
 * @param idleTimeout 1s to 24h; time after which a connection without requests is closed
 * @param hotPath false = the web framework answers every route, including the most frequent ones; for comparisons
 */
@ConfigurationProperties("service-discovery.server")
public record ServerSettings(
        @DefaultValue("127.0.0.1") String host,
        @DefaultValue("8080") int port,

        @DefaultValue("30s") @DurationUnit(ChronoUnit.SECONDS)
        Duration shutdownTimeout,

        @DefaultValue("10s") @DurationUnit(ChronoUnit.SECONDS)
        Duration receiveTimeout,

        @DefaultValue("60s") @DurationUnit(ChronoUnit.SECONDS)
        Duration requestTimeout,

        @DefaultValue("75s") @DurationUnit(ChronoUnit.SECONDS)
        Duration idleTimeout,

        @DefaultValue("true") boolean hotPath) {

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
     * @param trustedProxies address ranges, such as 10.0.0.0/8, of proxies whose X-Forwarded-For is trusted; empty =
     *     none. A list, or a text with commas
     */
    @ConfigurationProperties("service-discovery.server")
    public record ProxySettings(@DefaultValue List<String> trustedProxies) {

        public ProxySettings {
            trustedProxies = AddressRange.listed("server.trusted_proxies", trustedProxies);
        }

        /** Returns the parsed ranges of the trusted proxies. */
        public List<AddressRange> trusted() {
            return trustedProxies.stream().map(AddressRange::of).toList();
        }
    }
}
