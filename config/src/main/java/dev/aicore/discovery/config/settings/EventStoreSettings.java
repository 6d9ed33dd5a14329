package dev.aicore.discovery.config.settings;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.convert.DurationUnit;

/**
 * How the event store is written and read. Every bound has a name here; nothing in the store waits without one.
 *
 * @param shards            how many shards a new store gets, 1 to 1,024; fixed from then on, another number is refused
 * @param lease             how long the writer owns the store without renewing, 1 s to 1 min, by the database's clock. Shorter
 *                          hands over faster after a death; longer bears longer stalls. Renewed by every append, and when idle
 *                          three times in that time
 * @param claimWait         how long a start waits for another writer's lease to end before it refuses, 0 s to 365 d
 * @param maxGroupEvents    most events in one group commit, 1 to 10,000; a unit is never divided
 * @param maxGroupBytes     most payload bytes in one group commit, 1,024 to 268,435,456; one unit alone may exceed it
 * @param maxWaitingUnits   units that may wait, 1 to 1,000,000; beyond, appends are refused at once
 * @param acknowledgeWithin longest wait for an append, after which its outcome is unknown, 1 s to 10 min
 * @param connectTimeout    for the lane's connection, 100 ms to 1 min
 * @param socketTimeout     for an answer on the lane's connection, from {@code statementTimeout} to 10 min, and longer than it
 * @param statementTimeout  for one statement of the lane, enforced by the database, 100 ms to 5 min
 * @param firstBackOff      pause after the first failed attempt to reconnect, 1 ms to {@code maxBackOff}, up to which it doubles
 * @param maxBackOff        longest pause between attempts to reconnect, 1 ms to 1 min
 * @param partitionWidth    positions in one partition of observations, 10 to 1,000,000,000; only new partitions follow a change
 * @param partitionsAhead   partitions kept ready beyond the current one, 1 to 100
 * @param pageSize          events read at once, by loads of shards and by streams, 1 to 10,000
 * @param watchInterval     how often the head is looked at for events that this process hasn't appended, and for observations,
 *                          10 ms to 10 s
 * @param readTimeout       for an answer to what is read of events or folded, 1 s to 10 min
 */
@ConfigurationProperties("service-discovery.event-store")
public record EventStoreSettings(
        int shards,
        @DurationUnit(ChronoUnit.SECONDS) Duration lease,
        @DurationUnit(ChronoUnit.SECONDS) Duration claimWait,
        int maxGroupEvents,
        int maxGroupBytes,
        int maxWaitingUnits,
        @DurationUnit(ChronoUnit.SECONDS) Duration acknowledgeWithin,
        @DurationUnit(ChronoUnit.SECONDS) Duration connectTimeout,
        @DurationUnit(ChronoUnit.SECONDS) Duration socketTimeout,
        @DurationUnit(ChronoUnit.SECONDS) Duration statementTimeout,
        @DurationUnit(ChronoUnit.SECONDS) Duration firstBackOff,
        @DurationUnit(ChronoUnit.SECONDS) Duration maxBackOff,
        int partitionWidth,
        int partitionsAhead,
        int pageSize,
        @DurationUnit(ChronoUnit.SECONDS) Duration watchInterval,
        @DurationUnit(ChronoUnit.SECONDS) Duration readTimeout) {

    private static final String PREFIX = "event_store.";

    public EventStoreSettings {
        shards = SettingConstraints.between(PREFIX + "shards", shards, 1, 1_024);
        lease = SettingConstraints.between(PREFIX + "lease", lease, Duration.ofSeconds(1), Duration.ofMinutes(1));
        claimWait = SettingConstraints.between(PREFIX + "claim_wait", claimWait, Duration.ZERO, Duration.ofDays(365));
        maxGroupEvents = SettingConstraints.between(PREFIX + "max_group_events", maxGroupEvents, 1, 10_000);
        maxGroupBytes = SettingConstraints.between(PREFIX + "max_group_bytes", maxGroupBytes, 1_024, 268_435_456);
        maxWaitingUnits = SettingConstraints.between(PREFIX + "max_waiting_units", maxWaitingUnits, 1, 1_000_000);
        acknowledgeWithin = SettingConstraints.between(
                PREFIX + "acknowledge_within", acknowledgeWithin, Duration.ofSeconds(1), Duration.ofMinutes(10));
        connectTimeout = SettingConstraints.between(
                PREFIX + "connect_timeout", connectTimeout, Duration.ofMillis(100), Duration.ofMinutes(1));
        statementTimeout = SettingConstraints.between(
                PREFIX + "statement_timeout", statementTimeout, Duration.ofMillis(100), Duration.ofMinutes(5));
        socketTimeout = SettingConstraints.between(
                PREFIX + "socket_timeout", socketTimeout, statementTimeout.plusMillis(1), Duration.ofMinutes(10));
        maxBackOff = SettingConstraints.between(
                PREFIX + "max_back_off", maxBackOff, Duration.ofMillis(1), Duration.ofMinutes(1));
        firstBackOff =
                SettingConstraints.between(PREFIX + "first_back_off", firstBackOff, Duration.ofMillis(1), maxBackOff);
        partitionWidth = SettingConstraints.between(PREFIX + "partition_width", partitionWidth, 10, 1_000_000_000);
        partitionsAhead = SettingConstraints.between(PREFIX + "partitions_ahead", partitionsAhead, 1, 100);
        pageSize = SettingConstraints.between(PREFIX + "page_size", pageSize, 1, 10_000);
        watchInterval = SettingConstraints.between(
                PREFIX + "watch_interval", watchInterval, Duration.ofMillis(10), Duration.ofSeconds(10));
        readTimeout = SettingConstraints.between(
                PREFIX + "read_timeout", readTimeout, Duration.ofSeconds(1), Duration.ofMinutes(10));
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
                Duration.ofMillis(100),
                Duration.ofSeconds(30));
    }
}
