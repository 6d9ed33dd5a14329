package dev.aicore.discovery.config.settings;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.convert.DurationUnit;
import org.springframework.util.unit.DataSize;

/**
 * Settings of discovery: its caches and the adaptive panic. A {@code maxReadBytes} of 0 is replaced by the share of the
 * heap that it stands for.
 *
 * @param cacheTtl 1s to 24h; maximum age of a cached answer without confirmation
 * @param refreshInterval 1s to cache_ttl; interval of the comparison between the cache and PostgreSQL
 * @param enableCaching false = each answer reads PostgreSQL
 * @param maxCachedInstances 0 to 10000000; maximum number of instances of 2 KB, over all services, that each process
 *     caches in memory, within 28 % of the heap; an instance counts more or less by its size; 0 = each answer reads a
 *     store
 * @param maxReadBytes 0B to 1TB; maximum size of declarations, beyond 512 characters per instance, that are read at
 *     once for an answer or for the cache; 0B = 1 % of the heap. Of a larger service, discovery caches an outline, and
 *     reads the declarations that an answer contains
 * @param staleLimit 0 to 24h; time, from the last confirmation, for which answers come from memory, marked as stale,
 *     while no store is available; 0 = never
 * @param panicThreshold 0 to 1; if a smaller share of a service is healthy, discovery returns all of its instances; 0 =
 *     never
 */
@ConfigurationProperties("service-discovery.registry.discovery")
public record DiscoverySettings(
        @DefaultValue("60s") @DurationUnit(ChronoUnit.SECONDS)
        Duration cacheTtl,

        @DefaultValue("30s") @DurationUnit(ChronoUnit.SECONDS)
        Duration refreshInterval,

        @DefaultValue("true") boolean enableCaching,
        @DefaultValue("120000") int maxCachedInstances,
        @DefaultValue("0B") DataSize maxReadBytes,

        @DefaultValue("10m") @DurationUnit(ChronoUnit.SECONDS)
        Duration staleLimit,

        @DefaultValue("0.3") double panicThreshold) {

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
