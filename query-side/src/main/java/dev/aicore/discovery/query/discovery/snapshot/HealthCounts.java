package dev.aicore.discovery.query.discovery.snapshot;

import dev.aicore.discovery.api.instance.InstanceView;
import java.util.List;

/**
 * Health counts of a service's instances.
 *
 * @param inService number of instances whose health says something about the checks: see
 *     {@link dev.aicore.discovery.balancing.BalancingStatus#isInService}
 * @param healthy number of healthy instances
 */
public record HealthCounts(int inService, int healthy) {

    static HealthCounts of(List<InstanceView> instances) {
        return new HealthCounts(
                (int) instances.stream().filter(HealthCounts::isInService).count(),
                (int) instances.stream().filter(HealthCounts::isHealthy).count());
    }

    HealthCounts with(InstanceView instance) {
        return new HealthCounts(inService + (isInService(instance) ? 1 : 0), healthy + (isHealthy(instance) ? 1 : 0));
    }

    HealthCounts without(InstanceView instance) {
        return new HealthCounts(inService - (isInService(instance) ? 1 : 0), healthy - (isHealthy(instance) ? 1 : 0));
    }

    private static boolean isInService(InstanceView instance) {
        return Candidate.statusOf(instance).isInService();
    }

    private static boolean isHealthy(InstanceView instance) {
        return Candidate.statusOf(instance).isHealthy();
    }
}
