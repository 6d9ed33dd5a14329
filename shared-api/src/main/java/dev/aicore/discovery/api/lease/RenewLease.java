package dev.aicore.discovery.api.lease;

import dev.aicore.discovery.api.EventMetadata;
import dev.aicore.discovery.api.ShardCommand;
import dev.aicore.discovery.api.shard.ListReport;
import dev.aicore.discovery.api.shard.ObservationKind;
import java.util.List;

/**
 * Renews the lease of an instance (heartbeat). Outcome: {@link Outcome.Renewed}.
 *
 * @param kind a kind that renews the lease and has no arguments
 * @param connections number of connections that the instance reports, 0 or more; {@link #NOT_REPORTED} if it reports
 *     none
 * @param lists lists that the instance has of services
 * @param observedAt the time of arrival, epoch milliseconds
 * @param envelope event metadata; stored only with a fact that the heartbeat causes, such as a revival or a health
 *     change
 */
public record RenewLease(
        String id,
        ObservationKind kind,
        int connections,
        List<ListReport> lists,
        long observedAt,
        EventMetadata envelope)
        implements ShardCommand {

    /** Stands for a missing number of connections. */
    public static final int NOT_REPORTED = -1;

    public RenewLease {
        lists = List.copyOf(lists);
        if (!kind.renews() || kind.arguments() > 0) {
            throw new IllegalArgumentException("A heartbeat can't have the kind " + kind + ".");
        }
        if (connections < NOT_REPORTED) {
            throw new IllegalArgumentException("A heartbeat can't report " + connections + " connections.");
        }
    }

    /** Creates a heartbeat without a number of connections. */
    public RenewLease(String id, ObservationKind kind, long observedAt, EventMetadata envelope) {
        this(id, kind, NOT_REPORTED, observedAt, envelope);
    }

    /** Creates a heartbeat without positions of lists. */
    public RenewLease(String id, ObservationKind kind, int connections, long observedAt, EventMetadata envelope) {
        this(id, kind, connections, List.of(), observedAt, envelope);
    }

    /** Returns true if the heartbeat reports a number of connections. */
    public boolean reportsConnections() {
        return connections != NOT_REPORTED;
    }
}
