package dev.aicore.discovery.api.shard;

import dev.aicore.discovery.api.Envelope;

/**
 * A heartbeat. Outcome: {@link Outcome.Renewed}.
 *
 * @param kind one of those that renew and carry no number
 * @param connections how many the instance says it has, 0 or more; {@link #UNTOLD} if it doesn't say
 * @param observedAt when it arrived, epoch milliseconds
 * @param envelope kept only if it brings the instance back, or turns its health
 */
public record RenewLease(String id, ObservationKind kind, int connections, long observedAt, Envelope envelope)
        implements Item {

    /** In place of a number of connections. */
    public static final int UNTOLD = -1;

    public RenewLease {
        if (!kind.renews() || kind.arguments() > 0) {
            throw new IllegalArgumentException("A heartbeat can't be an observation of kind " + kind + ".");
        }
        if (connections < UNTOLD) {
            throw new IllegalArgumentException("A heartbeat can't tell of " + connections + " connections.");
        }
    }

    /** One that doesn't say how many connections there are. */
    public RenewLease(String id, ObservationKind kind, long observedAt, Envelope envelope) {
        this(id, kind, UNTOLD, observedAt, envelope);
    }

    /** Whether it says how many connections there are. */
    public boolean tellsConnections() {
        return connections != UNTOLD;
    }
}
