package dev.aicore.discovery.config.settings;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.convert.DurationUnit;
import org.springframework.util.unit.DataSize;

/**
 * Settings of discovery: its caches and the adaptive panic.
 *
 * @param cacheTtl 1 s to 24 h; maximum age of a cached answer without confirmation
 * @param refreshInterval 1 s to {@code cacheTtl}; interval of the comparison between the cache and PostgreSQL
 * @param enableCaching false reads PostgreSQL for each answer
 * @param maxCachedInstances 0 to 10,000,000; maximum number of instances of 2 KB, over all services, that each process
 *     caches in memory; an instance counts more or less by its size. At most 28 % of the heap; 0 reads a store for each
 *     answer
 * @param maxReadBytes 0 to 1 TB; maximum size of declarations, as JSON and beyond 512 characters per instance, that is
 *     read at once for an answer or for the cache; larger services are read in outline or refused. 0 stands for 1 % of
 *     the heap and is replaced by that size here
 * @param staleLimit 0 s to 24 h; how long a process answers from memory while no store is available, counted from the
 *     last confirmation; the answers are marked as stale. 0 s never does
 * @param panicThreshold 0 to 1; if a smaller share of a service's instances is healthy, discovery returns all of them;
 *     0 never does
 */
@ConfigurationProperties("service-discovery.registry.discovery")
public record DiscoverySettings(
        @DurationUnit(ChronoUnit.SECONDS) Duration cacheTtl,
        @DurationUnit(ChronoUnit.SECONDS) Duration refreshInterval,
        boolean enableCaching,
        int maxCachedInstances,
        DataSize maxReadBytes,
        @DurationUnit(ChronoUnit.SECONDS) Duration staleLimit,
        double panicThreshold) {

    public DiscoverySettings {
        cacheTtl = SettingConstraints.between(
                "registry.discovery.cache_ttl", cacheTtl, Duration.ofSeconds(1), Duration.ofDays(1));
        refreshInterval = SettingConstraints.between(
                "registry.discovery.refresh_interval", refreshInterval, Duration.ofSeconds(1), cacheTtl);
        maxCachedInstances = SettingConstraints.between(
                "registry.discovery.max_cached_instances", maxCachedInstances, 0, 10_000_000);
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
