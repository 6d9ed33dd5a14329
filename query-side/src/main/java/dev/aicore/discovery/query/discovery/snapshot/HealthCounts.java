package dev.aicore.discovery.query.discovery.snapshot;

import dev.aicore.discovery.api.instance.AdminState;
import dev.aicore.discovery.api.instance.InstanceStatus;
import dev.aicore.discovery.api.instance.InstanceView;
import dev.aicore.discovery.api.lease.LeaseState;
import java.util.List;

/**
 * Health counts of a service's instances.
 *
 * @param inService number of instances whose health says something about the checks: see {@link #counts}
 * @param healthy number of healthy instances
 */
public record HealthCounts(int inService, int healthy) {

    static HealthCounts of(List<InstanceView> instances) {
        return new HealthCounts(
                (int) instances.stream().filter(HealthCounts::counts).count(), (int) instances.stream()
                        .filter(instance -> instance.status() == InstanceStatus.HEALTHY)
                        .count());
    }

    HealthCounts with(InstanceView instance) {
        return new HealthCounts(
                inService + (counts(instance) ? 1 : 0),
                healthy + (instance.status() == InstanceStatus.HEALTHY ? 1 : 0));
    }

    HealthCounts without(InstanceView instance) {
        return new HealthCounts(
                inService - (counts(instance) ? 1 : 0),
                healthy - (instance.status() == InstanceStatus.HEALTHY ? 1 : 0));
    }

    /**
     * Returns true if the instance's health says something about the checks. Instances in maintenance, draining or
     * expired are excluded.
     */
    public static boolean counts(InstanceView instance) {
        return instance.declared() == AdminState.ACTIVE && instance.lease() != LeaseState.EXPIRED;
    }
}
