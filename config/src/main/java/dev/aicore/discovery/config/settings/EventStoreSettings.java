package dev.aicore.discovery.config.settings;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.convert.DurationUnit;
import org.springframework.util.unit.DataSize;

/**
 * Settings of writing and reading the event store. No operation of the store waits without a bound from here.
 *
 * @param shards 1 to 1024; number of shards; fixed when the store is created, a different number is then refused
 * @param lease 1s to 1m; time, by the database's clock, after which another node may take over from a silent owner of
 *     the store. A shorter time allows an earlier take-over after a crash, a longer one tolerates longer stalls
 * @param maxGroupEvents 1 to 10000; maximum number of events in one commit; a single batch may exceed it
 * @param maxGroupBytes 1024 to 268435456; maximum payload of one commit, in bytes; a single batch may exceed it
 * @param maxWaitingUnits 1 to 1000000; maximum number of batches, of all shards, that wait for a commit
 * @param acknowledgeWithin 1s to 10m; maximum wait for a commit; after it, the outcome of a write is unknown
 * @param connectTimeout 100ms to 1m; maximum duration of an attempt to connect
 * @param socketTimeout above statement_timeout to 10m; maximum wait for a response of the database
 * @param statementTimeout 100ms to 5m; maximum duration of one statement, enforced by the database
 * @param initialBackOff 1ms to max_back_off; pause after a failed attempt to reconnect, doubled after each further one
 * @param maxBackOff 1ms to 1m; maximum pause between attempts to reconnect
 * @param partitionWidth 10 to 1000000000; number of positions in a partition of observations; a change applies to new
 *     partitions only
 * @param partitionsAhead 1 to 100; number of partitions that are created in advance
 * @param pageSize 1 to 10000; number of events that are read at once
 * @param watchInterval 10ms to 10s; interval of polling for events that another process appended
 * @param readTimeout 1s to 10m; timeout of reading and folding events, also if the database's machine has vanished
 */
@ConfigurationProperties("service-discovery.event-store")
public record EventStoreSettings(
        @DefaultValue("16") int shards,

        @DefaultValue("3s") @DurationUnit(ChronoUnit.SECONDS)
        Duration lease,

        @DefaultValue("1000") int maxGroupEvents,
        @DefaultValue("4194304") int maxGroupBytes,
        @DefaultValue("8192") int maxWaitingUnits,

        @DefaultValue("20s") @DurationUnit(ChronoUnit.SECONDS)
        Duration acknowledgeWithin,

        @DefaultValue("2s") @DurationUnit(ChronoUnit.SECONDS)
        Duration connectTimeout,

        @DefaultValue("8s") @DurationUnit(ChronoUnit.SECONDS)
        Duration socketTimeout,

        @DefaultValue("5s") @DurationUnit(ChronoUnit.SECONDS)
        Duration statementTimeout,

        @DefaultValue("50ms") @DurationUnit(ChronoUnit.SECONDS)
        Duration initialBackOff,

        @DefaultValue("1s") @DurationUnit(ChronoUnit.SECONDS)
        Duration maxBackOff,

        @DefaultValue("1000000") int partitionWidth,
        @DefaultValue("2") int partitionsAhead,
        @DefaultValue("500") int pageSize,

        @DefaultValue("100ms") @DurationUnit(ChronoUnit.SECONDS)
        Duration watchInterval,

        @DefaultValue("30s") @DurationUnit(ChronoUnit.SECONDS)
        Duration readTimeout) {

    private static final String PREFIX = "event_store.";

    public EventStoreSettings {
        shards = SettingConstraints.between(PREFIX + "shards", shards, 1, 1_024);
        lease = SettingConstraints.between(PREFIX + "lease", lease, Duration.ofSeconds(1), Duration.ofMinutes(1));
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

    /** Returns the defaults. */
    public static EventStoreSettings defaults() {
        return SettingsBinder.defaults().get(EventStoreSettings.class);
    }

    /**
     * Settings of the free disk space that the store requires.
     *
     * @param minFreeSpace 0MB (not watched) to 1000TB; below this free space on the volume of data_dir, writes are
     *     refused with store_full, and reads continue, because PostgreSQL panics if it has no space for its log. For
     *     the embedded PostgreSQL only
     */
    @ConfigurationProperties("service-discovery.event-store")
    public record SpaceSettings(@DefaultValue("256MB") DataSize minFreeSpace) {

        public SpaceSettings {
            minFreeSpace = SettingConstraints.between(
                    "event_store.min_free_space", minFreeSpace, DataSize.ofMegabytes(0), DataSize.ofTerabytes(1_000));
        }
    }
}
