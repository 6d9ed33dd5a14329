package dev.aicore.discovery.command.health;

import dev.aicore.discovery.api.instance.HealthState;
import dev.aicore.discovery.api.shard.ObservationKind;

/**
 * How many results in a row turn an instance's health.
 *
 * @param failureThreshold consecutive failures that make it unhealthy, at least 1
 * @param successThreshold consecutive passes that make it healthy, at least 1
 */
public record HealthPolicy(int failureThreshold, int successThreshold) {

    /** Without a declared check, what the instance says of itself counts at once. */
    public static final HealthPolicy IMMEDIATE = new HealthPolicy(1, 1);

    /**
     * The health that these streaks make of the present one.
     *
     * @param last the result that is the last of them
     */
    public HealthState decide(HealthState present, Streaks streaks, ObservationKind last) {
        if (streaks.failures() >= failureThreshold) {
            return HealthState.UNHEALTHY;
        }
        return streaks.passes(last) >= successThreshold ? HealthState.HEALTHY : present;
    }
}
