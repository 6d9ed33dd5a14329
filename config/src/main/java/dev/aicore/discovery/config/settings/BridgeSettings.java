package dev.aicore.discovery.config.settings;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.convert.DurationUnit;

/**
 * Settings of the bridges to other registries.
 *
 * @param definitions at most 32 bridges, each "NAME KIND DIRECTION OPTION=VALUE...", such as
 *     "legacy etcd in endpoint=http://etcd-1:2379 service=orders-*"; DIRECTION is in, out or both; docs/bridges.md
 *     lists the options
 * @param maxRemovedShare 0 to 1; share of what a bridge has brought above which it removes nothing and waits for an
 *     operator; 1 = no limit
 * @param minGuardedRemovals 1 to 1000000; number of removals at once from which max_removed_share applies
 * @param freezeTime 0 to 30d; time for which instances from another registry stay while that registry can't be read;
 *     0 = they are removed at once
 * @param retryInterval 100ms to 10m; time after which a bridge connects or writes again after a failure
 * @param resyncInterval 1s to 1h; interval in which a bridge compares both sides without a change
 * @param requestTimeout 100ms to 5m; maximum duration of a connection attempt or of a request to another registry
 * @param maxInstances 1 to 1000000; maximum number of instances that a bridge keeps of the other registry; above it,
 *     the bridge doesn't read that registry
 * @param maxConcurrentWrites 1 to 10000; maximum number of instances that a bridge writes here at the same time
 */
@ConfigurationProperties("service-discovery.bridges")
public record BridgeSettings(
        @DefaultValue List<String> definitions,
        @DefaultValue("0.5") double maxRemovedShare,
        @DefaultValue("10") int minGuardedRemovals,

        @DefaultValue("15m") @DurationUnit(ChronoUnit.SECONDS)
        Duration freezeTime,

        @DefaultValue("1s") @DurationUnit(ChronoUnit.SECONDS)
        Duration retryInterval,

        @DefaultValue("30s") @DurationUnit(ChronoUnit.SECONDS)
        Duration resyncInterval,

        @DefaultValue("10s") @DurationUnit(ChronoUnit.SECONDS)
        Duration requestTimeout,

        @DefaultValue("100000") int maxInstances,
        @DefaultValue("256") int maxConcurrentWrites) {

    static final String KEY = "bridges.definitions";

    private static final String PREFIX = "bridges.";
    private static final int MAX_BRIDGES = 32;

    public BridgeSettings {
        definitions = checked(definitions);
        maxRemovedShare = SettingConstraints.between(PREFIX + "max_removed_share", maxRemovedShare, 0.0, 1.0);
        minGuardedRemovals =
                SettingConstraints.between(PREFIX + "min_guarded_removals", minGuardedRemovals, 1, 1_000_000);
        freezeTime = SettingConstraints.between(PREFIX + "freeze_time", freezeTime, Duration.ZERO, Duration.ofDays(30));
        retryInterval = SettingConstraints.between(
                PREFIX + "retry_interval", retryInterval, Duration.ofMillis(100), Duration.ofMinutes(10));
        resyncInterval = SettingConstraints.between(
                PREFIX + "resync_interval", resyncInterval, Duration.ofSeconds(1), Duration.ofHours(1));
        requestTimeout = SettingConstraints.between(
                PREFIX + "request_timeout", requestTimeout, Duration.ofMillis(100), Duration.ofMinutes(5));
        maxInstances = SettingConstraints.between(PREFIX + "max_instances", maxInstances, 1, 1_000_000);
        maxConcurrentWrites =
                SettingConstraints.between(PREFIX + "max_concurrent_writes", maxConcurrentWrites, 1, 10_000);
    }

    /** Returns the bridges in their order. */
    public List<BridgeDefinition> bridges() {
        return definitions.stream().map(BridgeDefinition::parse).toList();
    }

    private static List<String> checked(@Nullable List<String> definitions) {
        if (definitions == null) {
            return List.of();
        }
        SettingConstraints.between(KEY, definitions.size(), 0, MAX_BRIDGES);
        var names = new HashSet<String>();
        for (var text : definitions) {
            if (!names.add(BridgeDefinition.parse(text).name())) {
                throw InvalidSettingException.of(KEY, text, "a unique name for each bridge");
            }
        }
        return List.copyOf(definitions);
    }
}
