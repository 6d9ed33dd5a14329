package dev.aicore.discovery.command.shard.policy;

import java.time.Duration;

/**
 * Decides how long a flapping instance stays unhealthy: an instance whose health changed too often needs more passes to
 * become healthy.
 *
 * @param changes number of changes within the window that are tolerated
 * @param window time in which changes are counted
 * @param factor factor of the required consecutive passes after more changes
 */
public record DampingPolicy(int changes, Duration window, int factor) {

    /**
     * Returns the number of consecutive passes that an instance needs to become healthy again, if it becomes unhealthy
     * now.
     *
     * @param turned earlier changes of its health
     * @param now time of the change, epoch milliseconds
     * @return 0 if the threshold of the declared check applies
     */
    public int passesNeeded(HealthPolicy policy, HealthTransitions turned, long now) {
        boolean tooOften = turned.since(now - window.toMillis()) + 1 > changes;
        return tooOften && factor > 1 ? policy.successThreshold() * factor : 0;
    }
}
