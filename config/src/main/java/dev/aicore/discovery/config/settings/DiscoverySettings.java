package dev.aicore.discovery.config.settings;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.convert.DurationUnit;
import org.springframework.util.unit.DataSize;

/**
 * How discovery keeps its answers at hand, and when it stops believing checks.
 *
 * @param cacheTtl        1 s to 24 h; the oldest a cached answer may get without being confirmed
 * @param refreshInterval 1 s up to the cache's TTL; how often what is cached is compared with PostgreSQL
 * @param enableCaching   false reads PostgreSQL for each answer
 * @param keptInstances   0 to 10,000,000; of how many instances of 2 KB, over all services, each process keeps in memory what it answers,
 *     as far as 28 % of the heap go; 0 reads a store for each answer
 * @param maxReadBytes   0 to 1 TB; of what instances declare, as JSON, beyond 512 characters each, so much is read at once to be
 *     answered or kept; more is read in outline, or refused; 0 is 1 % of the heap, and is replaced by that here
 * @param staleLimit      0 s to 24 h; while no store answers, how long after it was last known to be so a process goes on telling what it
 *     has in memory, marked as stale; 0 s never does
 * @param panicThreshold  0 to 1; where a smaller share of a service's instances is healthy, all of them are answered; 0 is never
 */
@ConfigurationProperties("service-discovery.registry.discovery")
public record DiscoverySettings(
        @DurationUnit(ChronoUnit.SECONDS) Duration cacheTtl,
        @DurationUnit(ChronoUnit.SECONDS) Duration refreshInterval,
        boolean enableCaching,
        int keptInstances,
        DataSize maxReadBytes,
        @DurationUnit(ChronoUnit.SECONDS) Duration staleLimit,
        double panicThreshold) {

    public DiscoverySettings {
        cacheTtl = SettingConstraints.between(
                "registry.discovery.cache_ttl", cacheTtl, Duration.ofSeconds(1), Duration.ofDays(1));
        refreshInterval = SettingConstraints.between(
                "registry.discovery.refresh_interval", refreshInterval, Duration.ofSeconds(1), cacheTtl);
        keptInstances = SettingConstraints.between("registry.discovery.kept_instances", keptInstances, 0, 10_000_000);
        maxReadBytes = HeapShare.orPercent(
                SettingConstraints.between(
                        "registry.discovery.max_read_bytes",
                        maxReadBytes,
                        DataSize.ofBytes(0),
                        DataSize.ofTerabytes(1)),
                1);
        staleLimit = SettingConstraints.between(
                "registry.discovery.stale_limit", staleLimit, Duration.ZERO, Duration.ofDays(1));
        panicThreshold = SettingConstraints.between("registry.discovery.panic_threshold", panicThreshold, 0.0, 1.0);
    }
}
