package dev.aicore.discovery.api.shard;

import dev.aicore.discovery.api.Envelope;

/**
 * A heartbeat. Outcome: {@link Outcome.Renewed}.
 *
 * @param kind one of those that renew and carry no number
 * @param observedAt when it arrived, epoch milliseconds
 * @param envelope kept only if it brings the instance back, or turns its health
 */
public record RenewLease(String id, ObservationKind kind, long observedAt, Envelope envelope) implements Item {

    public RenewLease {
        if (!kind.renews() || kind.arguments() > 0) {
            throw new IllegalArgumentException("A heartbeat can't be an observation of kind " + kind + ".");
        }
    }
}
