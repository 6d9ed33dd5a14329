package dev.aicore.discovery.api.shard;

import dev.aicore.discovery.api.EventMetadata;

/**
 * A heartbeat. Outcome: {@link Outcome.Renewed}.
 *
 * @param kind one of those that renew and carry no number
 * @param connections how many the instance says it has, 0 or more; {@link #NOT_REPORTED} if it doesn't say
 * @param observedAt when it arrived, epoch milliseconds
 * @param envelope kept only if it brings the instance back, or turns its health
 */
public record RenewLease(String id, ObservationKind kind, int connections, long observedAt, EventMetadata envelope)
        implements ShardCommand {

    /** In place of a number of connections. */
    public static final int NOT_REPORTED = -1;

    public RenewLease {
        if (!kind.renews() || kind.arguments() > 0) {
            throw new IllegalArgumentException("A heartbeat can't be an observation of kind " + kind + ".");
        }
        if (connections < NOT_REPORTED) {
            throw new IllegalArgumentException("A heartbeat can't tell of " + connections + " connections.");
        }
    }

    /** One that doesn't say how many connections there are. */
    public RenewLease(String id, ObservationKind kind, long observedAt, EventMetadata envelope) {
        this(id, kind, NOT_REPORTED, observedAt, envelope);
    }

    /** Whether it says how many connections there are. */
    public boolean reportsConnections() {
        return connections != NOT_REPORTED;
    }
}
