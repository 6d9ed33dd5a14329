package dev.aicore.discovery.config.settings;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.convert.DurationUnit;

/**
 * Limits of watches on a node.
 *
 * @param maxWatchers 1 to 1000000; maximum number of streams and long polls of a node together; above it, 503 with
 *     Retry-After
 * @param maxFurtherServices 0 to 100000000; maximum number of services that the streams of a node watch beyond one
 *     each; above it, 503 with Retry-After
 * @param writeTimeout 1s to 1h; maximum time for the network to accept the data of a stream; after it, the connection
 *     is closed
 * @param reconnectSpread 0 to 1m; maximum delay of a reconnect that a stopping node asks of its watchers, at random, so
 *     that they don't all reach the other nodes at once
 */
@ConfigurationProperties("service-discovery.registry.watching")
public record WatchingSettings(
        @DefaultValue("10000") int maxWatchers,
        @DefaultValue("200000") int maxFurtherServices,

        @DefaultValue("60s") @DurationUnit(ChronoUnit.SECONDS)
        Duration writeTimeout,

        @DefaultValue("2s") @DurationUnit(ChronoUnit.SECONDS)
        Duration reconnectSpread) {

    public WatchingSettings {
        maxWatchers = SettingConstraints.between("registry.watching.max_watchers", maxWatchers, 1, 1_000_000);
        maxFurtherServices = SettingConstraints.between(
                "registry.watching.max_further_services", maxFurtherServices, 0, 100_000_000);
        writeTimeout = SettingConstraints.between(
                "registry.watching.write_timeout", writeTimeout, Duration.ofSeconds(1), Duration.ofHours(1));
        reconnectSpread = SettingConstraints.between(
                "registry.watching.reconnect_spread", reconnectSpread, Duration.ZERO, Duration.ofMinutes(1));
    }
}
