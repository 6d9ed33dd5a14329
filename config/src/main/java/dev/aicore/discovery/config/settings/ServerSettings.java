package dev.aicore.discovery.config.settings;

import io.netty.util.NetUtil;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.convert.DurationUnit;

/**
 * Where the REST interface listens.
 *
 * @param host            address or name to bind; only a loopback one is open without authentication, and only in development
 * @param port            0 to 65535; 0 takes any free port
 * @param shutdownTimeout 0 s to 1 h; how long requests in flight may finish after a stop was asked for
 * @param receiveTimeout  1 s to 1 h; how long a request may take to arrive, from its first byte to its last. Too short cuts off
 *     honest callers on bad lines, too long lets slow ones hold connections
 * @param requestTimeout  1 s to 1 h; how long a request may take to be answered; below 30 s it cuts off reads that wait for longer
 * @param idleTimeout     1 s to 24 h; how long a connection is kept on which nothing is asked
 * @param fastLane        whether the routes that are asked most are answered in front of the web framework; the answers are the same
 */
@ConfigurationProperties("service-discovery.server")
public record ServerSettings(
        String host,
        int port,
        @DurationUnit(ChronoUnit.SECONDS) Duration shutdownTimeout,
        @DurationUnit(ChronoUnit.SECONDS) Duration receiveTimeout,
        @DurationUnit(ChronoUnit.SECONDS) Duration requestTimeout,
        @DurationUnit(ChronoUnit.SECONDS) Duration idleTimeout,
        boolean fastLane) {

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

    /** Whether the host is plainly loopback. Of other names nobody is asked: they count as reachable. */
    public boolean onLoopback() {
        var lower = host.toLowerCase(Locale.ROOT);
        if (lower.equals("localhost") || lower.endsWith(".localhost")) {
            return true;
        }
        var address = NetUtil.createInetAddressFromIpAddressString(host);
        return address != null && address.isLoopbackAddress();
    }
}
