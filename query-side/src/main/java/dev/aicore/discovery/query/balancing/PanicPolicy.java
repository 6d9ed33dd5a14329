package dev.aicore.discovery.query.balancing;

import dev.aicore.discovery.api.instance.Declared;
import dev.aicore.discovery.api.instance.InstanceView;
import dev.aicore.discovery.api.instance.LeaseState;
import dev.aicore.discovery.api.instance.Status;
import dev.aicore.discovery.query.snapshot.Candidate;
import java.util.List;

/**
 * When so few instances of a service are healthy that their checks are more likely wrong than they are, all are answered:
 * sending everybody to the few that are left would only bring them down as well.
 *
 * @param threshold share of healthy ones among those that count, 0 to 1; below it there is panic, 0 is never
 */
record PanicPolicy(double threshold) {

    PanicPolicy {
        if (!(threshold >= 0 && threshold <= 1)) {
            throw new IllegalArgumentException("A panic threshold of " + threshold + "; expected 0 to 1.");
        }
    }

    /** @param service all present instances of it, whatever was asked for */
    boolean panics(List<Candidate> service) {
        int counted = 0;
        int healthy = 0;
        for (var candidate : service) {
            counted += counts(candidate.view()) ? 1 : 0;
            healthy += candidate.view().status() == Status.HEALTHY ? 1 : 0;
        }
        return counted > 0 && healthy < threshold * counted;
    }

    /** Those that were taken out on purpose, or are not heard of any more, say nothing about checks. */
    static boolean counts(InstanceView instance) {
        return instance.declared() == Declared.ACTIVE && instance.lease() == LeaseState.LIVE;
    }
}
