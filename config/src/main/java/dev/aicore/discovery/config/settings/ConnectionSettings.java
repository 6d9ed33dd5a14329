package dev.aicore.discovery.config.settings;

import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * How many callers may be connected.
 *
 * @param maxConnections 1 to 1,000,000 at once; one more is closed unheard
 */
@ConfigurationProperties("service-discovery.server")
public record ConnectionSettings(int maxConnections) {

    public ConnectionSettings {
        maxConnections = Bounds.between("server.max_connections", maxConnections, 1, 1_000_000);
    }
}
