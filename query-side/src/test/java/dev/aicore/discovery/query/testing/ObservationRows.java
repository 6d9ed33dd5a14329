package dev.aicore.discovery.query.testing;

import dev.aicore.discovery.api.shard.ObservationKind;
import dev.aicore.discovery.api.shard.ObservationPacker;
import dev.aicore.discovery.api.shard.ObservationsRecorded;
import dev.aicore.discovery.api.wire.WireTypes;
import dev.aicore.discovery.config.testing.TestPostgres;
import java.sql.SQLException;
import java.time.ZoneOffset;

/** Writes observations of shard 3. Positions are seconds after {@link ReadModelRows#AT}. */
public final class ObservationRows {

    private static final long ALL = 1_000_000;

    private final TestPostgres postgres;

    public ObservationRows(TestPostgres postgres) {
        this.postgres = postgres;
    }

    /** Leaves one empty partition for all positions. */
    public void clear() {
        drop(0);
        postgres.execute("TRUNCATE store.observations, store.compactions");
    }

    /** Drops the observations before a position, as retention does. */
    public void drop(long position) {
        if (position > 0) {
            postgres.execute(
                    "INSERT INTO store.compactions (from_position, to_position, recorded_from, recorded_to, rows, bytes,"
                            + " dropped_at) SELECT 0, " + position
                            + ", min(recorded_at), max(recorded_at), count(*), 0, now()"
                            + " FROM store.observations WHERE position < " + position);
        }
        var name = "store.observations_%012d_%012d".formatted(position, ALL);
        postgres.execute(
                "CREATE TABLE kept AS SELECT * FROM store.observations WHERE position >= " + position,
                "DROP TABLE store.observations",
                """
                CREATE TABLE store.observations (
                    position bigint NOT NULL, seq bigint NOT NULL, recorded_at timestamptz(3) NOT NULL, shard smallint NOT NULL,
                    revision smallint NOT NULL, type text NOT NULL, payload bytea NOT NULL, checksum integer
                ) PARTITION BY RANGE (position)""",
                "CREATE TABLE " + name + " PARTITION OF store.observations FOR VALUES FROM (" + position + ") TO ("
                        + ALL + ")",
                "INSERT INTO store.observations SELECT * FROM kept",
                "DROP TABLE kept");
    }

    /** Writes one observation. */
    public void at(long position, int slot, ObservationKind kind, int first, int second) {
        var packer = packer(position);
        packer.add(slot, kind, millis(position), first, second);
        write(position, packer);
    }

    /** Writes several observations as one event, of kinds without numbers: slot, kind, slot, kind and so on. */
    public void at(long position, Object... slotsAndKinds) {
        var packer = packer(position);
        for (int i = 0; i < slotsAndKinds.length; i += 2) {
            packer.add((Integer) slotsAndKinds[i], (ObservationKind) slotsAndKinds[i + 1], millis(position), 0, 0);
        }
        write(position, packer);
    }

    private static ObservationPacker packer(long position) {
        return new ObservationPacker(millis(position));
    }

    private static long millis(long position) {
        return ReadModelRows.AT.plusSeconds(position).toEpochMilli();
    }

    private void write(long position, ObservationPacker packer) {
        try (var connection = postgres.pool().getConnection();
                var insert = connection.prepareStatement("""
                        INSERT INTO store.observations (position, seq, recorded_at, shard, revision, type, payload)
                        VALUES (?, ?, ?, 3, 1, '%s', ?)""".formatted(WireTypes.nameOf(ObservationsRecorded.class)))) {
            insert.setLong(1, position);
            insert.setLong(2, position);
            insert.setObject(3, ReadModelRows.AT.plusSeconds(position).atOffset(ZoneOffset.UTC));
            insert.setBytes(4, packer.toEvent().bytes());
            insert.executeUpdate();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
