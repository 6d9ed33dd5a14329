package dev.aicore.discovery.query.balancing;

import dev.aicore.discovery.query.snapshot.HealthCounts;

/**
 * When so few instances of a service are healthy that their checks are more likely wrong than they are, all are answered:
 * sending everybody to the few that are left would only bring them down as well.
 *
 * @param threshold share of healthy ones among those that count, 0 to 1; below it there is panic, 0 is never
 */
public record PanicPolicy(double threshold) {

    public PanicPolicy {
        if (!(threshold >= 0 && threshold <= 1)) {
            throw new IllegalArgumentException("A panic threshold of " + threshold + "; expected 0 to 1.");
        }
    }

    /**
     * Whether it does.
     *
     * @param service all present instances of it, whatever was asked for
     */
    public boolean panics(HealthCounts service) {
        return service.inService() > 0 && service.healthy() < threshold * service.inService();
    }
}
