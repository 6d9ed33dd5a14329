package dev.aicore.discovery.command.retention;

import dev.aicore.discovery.api.BinaryEvent;
import dev.aicore.discovery.api.Fact;
import dev.aicore.discovery.api.shard.ObservationKind;
import dev.aicore.discovery.api.shard.ObservationPacker;
import dev.aicore.discovery.api.shard.ObservationsRecorded;
import dev.aicore.discovery.api.shard.ShardCheckpointed;
import dev.aicore.discovery.api.shard.ShardOpened;
import dev.aicore.discovery.api.wire.WireTypes;
import dev.aicore.discovery.config.settings.EventStoreSettings;
import dev.aicore.discovery.config.settings.SettingsBinder;
import dev.aicore.discovery.config.testing.TestPostgres;
import dev.aicore.discovery.eventstore.AppenderDataSource;
import dev.aicore.discovery.eventstore.NewEvent;
import dev.aicore.discovery.eventstore.SingleWriterAppender;
import dev.aicore.discovery.eventstore.StoreMigration;
import dev.aicore.discovery.eventstore.wire.WireSerializer;
import dev.aicore.discovery.eventstore.wire.WireTypeRegistry;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Real store of two shards with partitions of ten positions, and watermarks that tests set. */
final class RetentionStoreFixture implements AutoCloseable {

    private static final Instant T0 = Instant.parse("2026-11-23T12:00:00Z");

    private final TestPostgres postgres;
    private final SingleWriterAppender appender;
    private final WireSerializer serializer = new WireSerializer(new WireTypeRegistry(WireTypes.ALL));
    private final Map<Integer, Long> sequences = new HashMap<>();

    RetentionStoreFixture(TestPostgres postgres) {
        this.postgres = postgres;
        postgres.execute(
                "DROP SCHEMA IF EXISTS store CASCADE",
                "DROP SCHEMA IF EXISTS models CASCADE",
                "CREATE SCHEMA models",
                "CREATE TABLE models.watermarks (projection text PRIMARY KEY, position bigint NOT NULL)");
        var settings = settings();
        new StoreMigration(postgres.pool(), settings).migrate();
        appender = new SingleWriterAppender(
                AppenderDataSource.to(postgres.url(), postgres.user(), postgres.password(), settings),
                "test",
                settings);
        appender.start();
        append(0, new ShardOpened("shard-0", 2, T0));
        append(1, new ShardOpened("shard-1", 2, T0));
    }

    /** Appends the events of one shard as one unit, and returns the last position. */
    long append(int shard, Object... events) {
        var unit = new ArrayList<NewEvent>();
        for (var event : events) {
            var serialized = serializer.serialize(event, byte[].class);
            unit.add(new NewEvent(
                    shard,
                    sequences.merge(shard, 1L, Long::sum) - 1,
                    serialized.getType().getName(),
                    Integer.parseInt(serialized.getType().getRevision()),
                    !(event instanceof BinaryEvent),
                    event instanceof Fact fact ? fact.id() : null,
                    serialized.getData()));
        }
        return appender.append(unit).lastPosition();
    }

    /** Appends packed heartbeats, each event as its own unit. */
    void recordHeartbeats(int shard, int times) {
        for (int i = 0; i < times; i++) {
            append(shard, heartbeat());
        }
    }

    /** Appends a checkpoint of two chunks. */
    void checkpoint(int shard) {
        append(shard, chunk(0), chunk(1));
    }

    /** Records a snapshot of all events of a shard. */
    void snapshot(int shard) {
        postgres.execute("""
                INSERT INTO store.snapshots (shard, seq, position, recorded_at, type, revision, payload)
                SELECT shard, seq, position, recorded_at, 'RegistryShard', 3, ''::bytea FROM store.observations
                WHERE shard = %d ORDER BY seq DESC LIMIT 1
                ON CONFLICT (shard) DO UPDATE SET seq = excluded.seq, position = excluded.position""".formatted(shard));
    }

    /** Makes all observations one week older. */
    void age() {
        postgres.execute("UPDATE store.observations SET recorded_at = recorded_at - interval '7 days'");
    }

    void watermark(String projection, long position) {
        postgres.execute("INSERT INTO models.watermarks VALUES ('" + projection + "', " + position
                + ") ON CONFLICT (projection) DO UPDATE SET position = excluded.position");
    }

    long head() {
        return postgres.number("SELECT position FROM store.head");
    }

    @Override
    public void close() {
        appender.close();
    }

    private static ObservationsRecorded heartbeat() {
        var packer = new ObservationPacker(T0.toEpochMilli());
        packer.add(0, ObservationKind.RENEWED, T0.toEpochMilli(), 0, 0);
        return packer.toEvent();
    }

    private static ShardCheckpointed chunk(int number) {
        return ShardCheckpointed.of(new ShardCheckpointed.Contents(1, number, 2, List.of()));
    }

    private static EventStoreSettings settings() {
        return SettingsBinder.with(Map.of(
                        "service-discovery.event-store.shards", 2,
                        "service-discovery.event-store.partition-width", 10,
                        "service-discovery.event-store.partitions-ahead", 1))
                .get(EventStoreSettings.class);
    }
}
