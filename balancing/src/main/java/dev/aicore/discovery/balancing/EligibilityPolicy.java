package dev.aicore.discovery.balancing;

/** Policy that decides whether an instance that matches a caller's filters may be called. */
public final class EligibilityPolicy {

    private EligibilityPolicy() {}

    /**
     * Returns true if the instance may be called. An instance with weight 0 gets no calls.
     *
     * @param panic whether so few instances of the service are healthy that the unhealthy ones are called as well: see
     *     {@link PanicPolicy}
     * @param unhealthyToo true if the caller also requested instances that are not healthy
     */
    public static boolean isEligible(BalancedInstance instance, boolean panic, boolean unhealthyToo) {
        var status = instance.status();
        return instance.weight() > 0 && (panic ? status.isInService() : status.isDiscovered(unhealthyToo));
    }
}
