package dev.aicore.discovery.api.instance;

import java.util.Locale;

/**
 * What the four independent states of a present instance come to, in one word. Every one of them is listed: an instance that
 * is not has gone, and has no status.
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

    /** The first that applies of declared, lease, health, breaker; else healthy. */
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
     * Whether discovery answers such an instance.
     *
     * @param unhealthyToo whether the caller asked for those that are not well
     */
    public boolean isDiscovered(boolean unhealthyToo) {
        return switch (discoveryEligibility) {
            case ALWAYS -> true;
            case IF_UNHEALTHY_WANTED -> unhealthyToo;
            case NEVER -> false;
        };
    }

    /** The name in JSON. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
