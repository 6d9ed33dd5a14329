package dev.aicore.discovery.command.health;

import java.time.Duration;

/**
 * The brake on flapping: an instance that turned too often of late needs longer to come back.
 *
 * @param changes so many turns within the window are let pass
 * @param factor times as many passes in a row are needed after more
 */
public record DampingPolicy(int changes, Duration window, int factor) {

    /**
     * How many passes in a row an instance that turns unhealthy now needs to come back.
     *
     * @param turned when it has turned before, epoch milliseconds
     * @param now when it turns again
     * @return 0 if what its check declares is enough
     */
    public int passesNeeded(HealthPolicy policy, HealthTransitions turned, long now) {
        boolean tooOften = turned.since(now - window.toMillis()) + 1 > changes;
        return tooOften && factor > 1 ? policy.successThreshold() * factor : 0;
    }
}
