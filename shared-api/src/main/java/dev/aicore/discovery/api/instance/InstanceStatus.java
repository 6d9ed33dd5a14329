package dev.aicore.discovery.api.instance;

import dev.aicore.discovery.api.health.BreakerState;
import dev.aicore.discovery.api.health.HealthState;
import dev.aicore.discovery.api.lease.LeaseState;
import java.util.Locale;

/**
 * Status of a present instance: combines its four independent states in one word. Instances of every status are listed.
 * An instance that is not listed is gone and has no status.
 */
public enum InstanceStatus {
    HEALTHY,
    UNHEALTHY,
    STARTING,
    EXPIRED,
    MAINTENANCE,
    DRAINING,
    EJECTED;

    /**
     * Returns the status of the first state that deviates, in the order admin state, lease, health, circuit breaker;
     * {@link #HEALTHY} if none deviates.
     */
    public static InstanceStatus of(
            AdminState adminState, LeaseState lease, HealthState healthState, BreakerState breakerState) {
        return switch (adminState) {
            case MAINTENANCE -> MAINTENANCE;
            case DRAINING -> DRAINING;
            case ACTIVE ->
                switch (lease) {
                    case EXPIRED -> EXPIRED;
                    case LIVE, OVERDUE -> ofLiving(healthState, breakerState);
                };
        };
    }

    private static InstanceStatus ofLiving(HealthState healthState, BreakerState breakerState) {
        return switch (healthState) {
            case UNHEALTHY -> UNHEALTHY;
            case STARTING -> STARTING;
            case HEALTHY -> breakerState == BreakerState.OPEN ? EJECTED : HEALTHY;
        };
    }

    /** Returns the name in JSON. */
    public String jsonName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
