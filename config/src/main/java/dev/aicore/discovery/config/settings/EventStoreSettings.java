package dev.aicore.discovery.config.settings;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.convert.DurationUnit;
import org.springframework.util.unit.DataSize;

/**
 * Settings of writing and reading the event store. No operation of the store waits without a bound from here.
 *
 * @param shards 1 to 1,024; number of shards of a new store, fixed from then on; a different number is refused
 * @param lease 1 s to 1 min, by the database's clock; how long a writer owns the store without renewal. A shorter lease
 *     allows an earlier take-over after a crash; a longer lease tolerates longer stalls. Each append renews the lease;
 *     an idle writer renews it three times within the lease
 * @param claimWait 0 s to 365 d; how long a start waits for the end of another writer's lease before it refuses
 * @param maxGroupEvents 1 to 10,000; maximum number of events in one group commit; a unit of work is never divided
 * @param maxGroupBytes 1,024 to 268,435,456; maximum payload bytes in one group commit; a single unit of work may
 *     exceed it
 * @param maxWaitingUnits 1 to 1,000,000; maximum number of waiting units of work; further appends are refused at once
 * @param acknowledgeWithin 1 s to 10 min; maximum wait for an append, after which its outcome is unknown
 * @param connectTimeout 100 ms to 1 min; timeout of an attempt to connect the appender
 * @param socketTimeout above {@code statementTimeout} to 10 min; timeout of a response on the appender's connection
 * @param statementTimeout 100 ms to 5 min; timeout of one statement of the appender, enforced by the database
 * @param initialBackOff 1 ms to {@code maxBackOff}; pause after the first failed attempt to reconnect, doubled after
 *     each further one
 * @param maxBackOff 1 ms to 1 min; maximum pause between attempts to reconnect
 * @param partitionWidth 10 to 1,000,000,000; number of positions in one partition of observations; a change applies to
 *     new partitions only
 * @param partitionsAhead 1 to 100; number of partitions created ahead of the current one
 * @param pageSize 1 to 10,000; number of events read at once by loads of shards and by streams
 * @param watchInterval 10 ms to 10 s; interval of polling the head for observations and for events that other processes
 *     appended
 * @param readTimeout 1 s to 10 min; timeout of reading and folding events
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
        @DurationUnit(ChronoUnit.SECONDS) Duration initialBackOff,
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
        initialBackOff = SettingConstraints.between(
                PREFIX + "initial_back_off", initialBackOff, Duration.ofMillis(1), maxBackOff);
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

    /**
     * Settings of the free disk space that the store requires.
     *
     * @param minFreeSpace 0 MB (not monitored) to 1,000 TB; writes are refused while the volume of the embedded
     *     PostgreSQL has less free space
     */
    @ConfigurationProperties("service-discovery.event-store")
    public record SpaceSettings(DataSize minFreeSpace) {

        public SpaceSettings {
            minFreeSpace = SettingConstraints.between(
                    "event_store.min_free_space", minFreeSpace, DataSize.ofMegabytes(0), DataSize.ofTerabytes(1_000));
        }
    }
}
