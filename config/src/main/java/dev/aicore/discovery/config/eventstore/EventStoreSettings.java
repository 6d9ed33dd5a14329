package dev.aicore.discovery.config.eventstore;

import java.time.Duration;

/**
 * How the event store is written and read. Every bound has a name here; nothing in the store waits without one.
 *
 * @param shards            how many shards a new store gets, 1 to 1,024; fixed from then on, another number is refused
 * @param lease             how long the writer owns the store without renewing, 1 s to 1 min, by the database's clock. Shorter
 *                          hands over faster after a death; longer bears longer stalls. Renewed by every append, and when idle
 *                          three times in that time
 * @param claimWait         how long a start waits for another writer's lease to end before it refuses
 * @param maxGroupEvents    most events in one group commit, 1 to 10,000; a unit is never divided
 * @param maxGroupBytes     most payload bytes in one group commit; one unit alone may exceed it
 * @param maxWaitingUnits   units that may wait; beyond, appends are refused at once
 * @param acknowledgeWithin longest wait for an append, after which its outcome is unknown
 * @param connectTimeout    for the lane's connection
 * @param socketTimeout     for an answer on the lane's connection; longer than {@code statementTimeout}
 * @param statementTimeout  for one statement of the lane, enforced by the database
 * @param firstBackOff      pause after the first failed attempt to reconnect; doubles up to {@code maxBackOff}
 * @param maxBackOff        longest pause between attempts to reconnect
 * @param partitionWidth    positions in one partition of observations; only new partitions follow a change
 * @param partitionsAhead   partitions kept ready beyond the current one, at least 1
 * @param pageSize          events read at once, by loads of shards and by streams
 * @param watchInterval     how often the head is looked at for events that this process hasn't appended, and for observations
 */
public record EventStoreSettings(
        int shards,
        Duration lease,
        Duration claimWait,
        int maxGroupEvents,
        int maxGroupBytes,
        int maxWaitingUnits,
        Duration acknowledgeWithin,
        Duration connectTimeout,
        Duration socketTimeout,
        Duration statementTimeout,
        Duration firstBackOff,
        Duration maxBackOff,
        int partitionWidth,
        int partitionsAhead,
        int pageSize,
        Duration watchInterval) {

    public EventStoreSettings {
        require(shards >= 1 && shards <= 1024, "shards must be 1 to 1024, got " + shards);
        require(
                lease.compareTo(Duration.ofSeconds(1)) >= 0 && lease.compareTo(Duration.ofMinutes(1)) <= 0,
                "lease must be 1s to 1m, got " + lease);
        require(
                maxGroupEvents >= 1 && maxGroupEvents <= 10_000,
                "max_group_events must be 1 to 10000, got " + maxGroupEvents);
        require(maxGroupBytes >= 1024, "max_group_bytes must be at least 1024, got " + maxGroupBytes);
        require(maxWaitingUnits >= 1, "max_waiting_units must be at least 1, got " + maxWaitingUnits);
        require(
                socketTimeout.compareTo(statementTimeout) > 0,
                "socket_timeout must exceed statement_timeout, got " + socketTimeout + " and " + statementTimeout);
        require(partitionWidth >= 10, "partition_width must be at least 10, got " + partitionWidth);
        require(partitionsAhead >= 1, "partitions_ahead must be at least 1, got " + partitionsAhead);
        require(pageSize >= 1 && pageSize <= 10_000, "page_size must be 1 to 10000, got " + pageSize);
    }

    public static EventStoreSettings defaults() {
        return new EventStoreSettings(
                16,
                Duration.ofSeconds(3),
                Duration.ofSeconds(30),
                1_000,
                4 * 1024 * 1024,
                8_192,
                Duration.ofSeconds(20),
                Duration.ofSeconds(2),
                Duration.ofSeconds(8),
                Duration.ofSeconds(5),
                Duration.ofMillis(50),
                Duration.ofSeconds(1),
                1_000_000,
                2,
                500,
                Duration.ofMillis(100));
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalArgumentException(otherwise);
        }
    }
}
