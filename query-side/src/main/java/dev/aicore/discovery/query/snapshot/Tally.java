package dev.aicore.discovery.query.snapshot;

import dev.aicore.discovery.api.instance.Declared;
import dev.aicore.discovery.api.instance.InstanceView;
import dev.aicore.discovery.api.instance.LeaseState;
import dev.aicore.discovery.api.instance.Status;
import java.util.List;

/**
 * How many instances of a service there are.
 *
 * @param inService those that say something about checks: see {@link #counts}
 * @param healthy those that are well
 */
public record Tally(int inService, int healthy) {

    static Tally of(List<InstanceView> instances) {
        return new Tally((int) instances.stream().filter(Tally::counts).count(), (int) instances.stream()
                .filter(instance -> instance.status() == Status.HEALTHY)
                .count());
    }

    Tally with(InstanceView instance) {
        return new Tally(
                inService + (counts(instance) ? 1 : 0), healthy + (instance.status() == Status.HEALTHY ? 1 : 0));
    }

    Tally without(InstanceView instance) {
        return new Tally(
                inService - (counts(instance) ? 1 : 0), healthy - (instance.status() == Status.HEALTHY ? 1 : 0));
    }

    /** Those that were taken out on purpose, or are not heard of any more, say nothing about checks. */
    public static boolean counts(InstanceView instance) {
        return instance.declared() == Declared.ACTIVE && instance.lease() != LeaseState.EXPIRED;
    }
}
