package dev.aicore.discovery.balancing;

/**
 * Policy of adaptive panic. If so few instances of a service are healthy that the checks are more likely wrong than the
 * instances, discovery returns all of them; sending all traffic to the remaining ones would overload them as well.
 *
 * @param threshold minimum share of healthy instances among those in service, 0 to 1; below it the service is in panic;
 *     0 disables panic
 */
public record PanicPolicy(double threshold) {

    public PanicPolicy {
        if (!(threshold >= 0 && threshold <= 1)) {
            throw new IllegalArgumentException("Invalid panic threshold: " + threshold + " (expected: 0 to 1).");
        }
    }

    /**
     * Returns true if the service is in panic. Both numbers are of all present instances, regardless of the filter.
     *
     * @param inService number of instances whose status is {@linkplain BalancingStatus#isInService in service}
     * @param healthy number of healthy instances
     */
    public boolean panics(int inService, int healthy) {
        return inService > 0 && healthy < threshold * inService;
    }
}
