package dev.aicore.discovery.config.settings;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.convert.DurationUnit;

/**
 * Where the REST interface listens.
 *
 * @param host            address or name to bind; only a loopback one is open without authentication, and only in development
 * @param port            0 to 65535; 0 takes any free port
 * @param shutdownTimeout 0 s to 1 h; how long requests in flight may finish after a stop was asked for
 */
@ConfigurationProperties("service-discovery.server")
public record ServerSettings(
        String host,
        int port,
        @DurationUnit(ChronoUnit.SECONDS) Duration shutdownTimeout) {

    public ServerSettings {
        host = Bounds.matching("server.host", host, "[A-Za-z0-9._:%-]+", "an address or host name to bind");
        port = Bounds.between("server.port", port, 0, 65_535);
        shutdownTimeout =
                Bounds.between("server.shutdown_timeout", shutdownTimeout, Duration.ZERO, Duration.ofHours(1));
    }
}
