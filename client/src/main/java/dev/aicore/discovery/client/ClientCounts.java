package dev.aicore.discovery.client;

import java.time.Duration;
import java.util.Map;

/**
 * Counts of a client since it was opened.
 *
 * @param changes applied changes and snapshots, by type
 * @param timedChanges number of changes whose time the registry stated
 * @param totalDelay sum of the times from such a change to its being in the list
 * @param reconnects ends of watches that were resumed, by cause
 * @param heartbeats heartbeats, by outcome
 */
public record ClientCounts(
        Map<ServiceChange.Type, Long> changes,
        long timedChanges,
        Duration totalDelay,
        Map<Interruption, Long> reconnects,
        Map<HeartbeatOutcome, Long> heartbeats) {

    /** Causes of the end of a watch. */
    public enum Interruption {
        /** The node ended the stream. */
        ENDED,
        /** The node announced its own end. */
        LEAVING,
        /** No byte arrived for too long. */
        SILENT,
        /** The connection broke, or the node sent something else than events. */
        BROKEN,
        /** The node refused the watch. */
        REFUSED,
        /** No node answered. */
        UNREACHABLE,
        /** The registry has another event store. */
        OTHER_STORE,
        /** Other services are watched from now on. */
        RESELECTED
    }

    /** Outcomes of heartbeats. */
    public enum HeartbeatOutcome {
        /** The lease was renewed. */
        RENEWED,
        /** The registry doesn't know the instance, or somebody deregistered it. */
        UNKNOWN,
        /** The instance belongs to another principal. */
        REFUSED,
        /** No node answered, or the registry could not renew the lease. */
        FAILED
    }

    public ClientCounts {
        changes = Map.copyOf(changes);
        reconnects = Map.copyOf(reconnects);
        heartbeats = Map.copyOf(heartbeats);
    }
}
