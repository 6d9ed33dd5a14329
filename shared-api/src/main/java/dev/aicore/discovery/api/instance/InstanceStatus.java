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
    HEALTHY(DiscoveryEligibility.ALWAYS),
    UNHEALTHY(DiscoveryEligibility.IF_UNHEALTHY_WANTED),
    STARTING(DiscoveryEligibility.IF_UNHEALTHY_WANTED),
    EXPIRED(DiscoveryEligibility.NEVER),
    MAINTENANCE(DiscoveryEligibility.NEVER),
    DRAINING(DiscoveryEligibility.NEVER),
    EJECTED(DiscoveryEligibility.IF_UNHEALTHY_WANTED);

    private enum DiscoveryEligibility {
        ALWAYS,
        IF_UNHEALTHY_WANTED,
        NEVER
    }

    private final DiscoveryEligibility discoveryEligibility;

    InstanceStatus(DiscoveryEligibility discoveryEligibility) {
        this.discoveryEligibility = discoveryEligibility;
    }

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

    /**
     * Returns true if discovery returns instances of this status.
     *
     * @param unhealthyToo true if the caller also requested instances that are not healthy
     */
    public boolean isDiscovered(boolean unhealthyToo) {
        return switch (discoveryEligibility) {
            case ALWAYS -> true;
            case IF_UNHEALTHY_WANTED -> unhealthyToo;
            case NEVER -> false;
        };
    }

    /** Returns the name in JSON. */
    public String jsonName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
