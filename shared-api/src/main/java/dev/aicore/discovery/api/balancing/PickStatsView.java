package dev.aicore.discovery.api.balancing;

import dev.aicore.discovery.api.instance.BreakerState;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How often discovery picked the instances of a service, at all nodes together.
 *
 * @param since when counting began; null if nothing was ever counted
 * @param picks in all; those of instances may be fewer, for not every pick is kept of its instance for ever
 * @param strategies picks by strategy, of those that had any
 * @param instances all present ones, and gone ones that were picked lately, ordered by id
 */
public record PickStatsView(
        String serviceName,
        @Nullable Instant since,
        long picks,
        Map<String, Long> strategies,
        List<InstancePicks> instances) {

    /**
     * The picks of one instance.
     *
     * @param strategies picks by strategy, of those that had any
     * @param breaker the circuit breaker in front of it; null if it has gone
     * @param activeConnections how many connections it last said it has; null if it didn't, or has gone
     * @param connectionsAt when it said so; null with them
     */
    public record InstancePicks(
            String id,
            long picks,
            Map<String, Long> strategies,
            @Nullable BreakerState breaker,
            @Nullable Integer activeConnections,
            @Nullable Instant connectionsAt) {}
}
