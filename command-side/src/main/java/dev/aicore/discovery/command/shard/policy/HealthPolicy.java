package dev.aicore.discovery.command.shard.policy;

import dev.aicore.discovery.api.health.HealthState;
import dev.aicore.discovery.api.shard.ObservationKind;

/**
 * Decides the health of an instance by its consecutive results.
 *
 * @param failureThreshold consecutive failures that make the instance unhealthy, at least 1
 * @param successThreshold consecutive passes that make the instance healthy, at least 1
 */
public record HealthPolicy(int failureThreshold, int successThreshold) {

    /** Policy of an instance without declared check: one reported result changes its health. */
    public static final HealthPolicy IMMEDIATE = new HealthPolicy(1, 1);

    /** Policy of an instance with a composite check: the statuses of its checks decide, and no single result does. */
    public static final HealthPolicy NEVER = new HealthPolicy(Integer.MAX_VALUE, Integer.MAX_VALUE);

    /**
     * Returns the health that follows from the present health and the streaks.
     *
     * @param last the last result of the streaks
     */
    public HealthState decide(HealthState present, Streaks streaks, ObservationKind last) {
        if (streaks.failures() >= failureThreshold) {
            return HealthState.UNHEALTHY;
        }
        return streaks.passes(last) >= successThreshold ? HealthState.HEALTHY : present;
    }
}
