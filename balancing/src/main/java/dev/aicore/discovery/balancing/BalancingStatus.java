package dev.aicore.discovery.balancing;

import java.util.Locale;

/** Status of a present instance, and whether it may be called. The constants are those of the API. */
public enum BalancingStatus {
    HEALTHY(true, true),
    UNHEALTHY(true, false),
    STARTING(true, false),
    EXPIRED(false, false),
    MAINTENANCE(false, false),
    DRAINING(false, false),
    EJECTED(true, false);

    private final boolean isInService;
    private final boolean isHealthy;

    BalancingStatus(boolean isInService, boolean isHealthy) {
        this.isInService = isInService;
        this.isHealthy = isHealthy;
    }

    /**
     * Parses a name of the API.
     *
     * @throws IllegalArgumentException if no constant has this name
     */
    public static BalancingStatus of(String jsonName) {
        return valueOf(jsonName.toUpperCase(Locale.ROOT));
    }

    /**
     * Returns true if the health of such an instance says something about the checks. Instances in maintenance,
     * draining or expired are excluded.
     */
    public boolean isInService() {
        return isInService;
    }

    public boolean isHealthy() {
        return isHealthy;
    }

    /**
     * Returns true if discovery returns such an instance.
     *
     * @param unhealthyToo true if the caller also requested instances that are not healthy
     */
    public boolean isDiscovered(boolean unhealthyToo) {
        return isHealthy || (unhealthyToo && isInService);
    }
}
