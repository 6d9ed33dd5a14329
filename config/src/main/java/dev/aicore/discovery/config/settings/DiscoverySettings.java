package dev.aicore.discovery.config.settings;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.convert.DurationUnit;

/**
 * How discovery keeps its answers at hand, and when it stops believing checks.
 *
 * @param cacheTtl        1 s to 24 h; the oldest a cached answer may get without being confirmed
 * @param refreshInterval 1 s up to the cache's TTL; how often what is cached is compared with PostgreSQL
 * @param enableCaching   false reads PostgreSQL for each answer
 * @param panicThreshold  0 to 1; where a smaller share of a service's instances is healthy, all of them are answered; 0 is never
 */
@ConfigurationProperties("service-discovery.registry.discovery")
public record DiscoverySettings(
        @DurationUnit(ChronoUnit.SECONDS) Duration cacheTtl,
        @DurationUnit(ChronoUnit.SECONDS) Duration refreshInterval,
        boolean enableCaching,
        double panicThreshold) {

    public DiscoverySettings {
        cacheTtl = Bounds.between("registry.discovery.cache_ttl", cacheTtl, Duration.ofSeconds(1), Duration.ofDays(1));
        refreshInterval =
                Bounds.between("registry.discovery.refresh_interval", refreshInterval, Duration.ofSeconds(1), cacheTtl);
        panicThreshold = Bounds.between("registry.discovery.panic_threshold", panicThreshold, 0.0, 1.0);
    }
}
