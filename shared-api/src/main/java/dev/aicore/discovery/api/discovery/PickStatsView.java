package dev.aicore.discovery.api.discovery;

import dev.aicore.discovery.api.health.BreakerState;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Counts how often discovery picked the instances of a service, over all nodes.
 *
 * @param since start of the counting; null if no pick was ever counted
 * @param picks total number of picks. The sum over {@code instances} may be lower: picks of an instance that is gone
 *     are kept for a day and then counted for the service only
 * @param strategies number of picks by strategy; strategies without picks are left out
 * @param instances all present instances and those that are gone but still have picks of their own, ordered by id
 */
public record PickStatsView(
        String serviceName,
        @Nullable Instant since,
        long picks,
        Map<String, Long> strategies,
        List<InstancePicks> instances) {

    /**
     * Picks of one instance.
     *
     * @param strategies number of picks by strategy; strategies without picks are left out
     * @param breaker state of the instance's circuit breaker; null if the instance is gone
     * @param activeConnections number of connections that the instance last reported; null if it never reported, or is
     *     gone
     * @param connectionsAt the time of that report; null if {@code activeConnections} is null
     */
    public record InstancePicks(
            String id,
            long picks,
            Map<String, Long> strategies,
            @Nullable BreakerState breaker,
            @Nullable Integer activeConnections,
            @Nullable Instant connectionsAt) {}
}
