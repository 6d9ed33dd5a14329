package dev.aicore.discovery.query.snapshot;

import dev.aicore.discovery.api.instance.AdminState;
import dev.aicore.discovery.api.instance.InstanceStatus;
import dev.aicore.discovery.api.instance.InstanceView;
import dev.aicore.discovery.api.instance.LeaseState;
import java.util.List;

/**
 * How many instances of a service there are.
 *
 * @param inService those that say something about checks: see {@link #counts}
 * @param healthy those that are well
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

    /** Those that were taken out on purpose, or are not heard of any more, say nothing about checks. */
    public static boolean counts(InstanceView instance) {
        return instance.declared() == AdminState.ACTIVE && instance.lease() != LeaseState.EXPIRED;
    }
}
