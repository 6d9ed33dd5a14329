package dev.aicore.discovery.projection.instance;

import dev.aicore.discovery.api.health.BreakerState;
import dev.aicore.discovery.api.health.HealthState;
import dev.aicore.discovery.api.instance.AdminState;
import dev.aicore.discovery.api.instance.InstanceState;
import dev.aicore.discovery.api.lease.LeaseState;
import dev.aicore.discovery.projection.instance.VersionedInstance.DeclarationState;
import dev.aicore.discovery.projection.instance.VersionedInstance.DepartureType;
import dev.aicore.discovery.projection.instance.VersionedInstance.InstanceIdentity;
import dev.aicore.discovery.projection.instance.VersionedInstance.SlotPlacement;
import dev.aicore.discovery.projection.instance.VersionedInstance.Times;
import dev.aicore.discovery.projection.processing.ColumnRows;
import dev.aicore.discovery.projection.processing.CopyRows;
import dev.aicore.discovery.readmodel.ModelTable;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads and writes current instances and their past versions. */
final class InstanceRows {

    /**
     * Version to be written.
     *
     * @param next version that ends it; null if it is still current
     */
    record Span(VersionedInstance version, @Nullable VersionedInstance next) {

        @Nullable
        Long toPosition() {
            return next == null ? null : next.position();
        }

        @Nullable
        Instant toAt() {
            return next == null ? null : next.at();
        }
    }

    private static final String STATE = """
            slot_position, registered_at, updated_at, lease_changed_at, health_changed_at, slot, declaration_version, shard,
            id, service, namespace, owner, declared, lease, health, breaker, declaration""";

    private static final String STATE_ARRAYS = """
            ?::bigint[], ?::timestamptz[], ?::timestamptz[], ?::timestamptz[], ?::timestamptz[], ?::int[], ?::int[], ?::int[],
            ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::jsonb[]""";

    private final String instances;
    private final String versions;

    /** @param schema schema of the tables */
    InstanceRows(String schema) {
        instances = ModelTable.INSTANCES.in(schema);
        versions = ModelTable.INSTANCE_VERSIONS.in(schema);
    }

    /** Returns the current versions of these instances, by id; instances that were never registered are absent. */
    Map<String, VersionedInstance> open(Connection connection, Collection<String> ids) throws SQLException {
        try (var select = connection.prepareStatement("SELECT " + STATE + """
                , gone, from_position, from_at
                FROM %s WHERE id = ANY (?) AND to_position IS NULL""".formatted(versions))) {
            select.setObject(1, ids.toArray(new String[0]));
            var found = new HashMap<String, VersionedInstance>();
            try (var rows = select.executeQuery()) {
                while (rows.next()) {
                    var version = version(rows);
                    found.put(version.id(), version);
                }
            }
            return found;
        }
    }

    /** Ends stored versions. */
    void close(Connection connection, List<Span> ended) throws SQLException {
        try (var update = connection.prepareStatement("""
                UPDATE %s AS version SET to_position = ended.to_position, to_at = ended.to_at
                FROM unnest(?::text[], ?::bigint[], ?::bigint[], ?::timestamptz[])
                    AS ended (id, from_position, to_position, to_at)
                WHERE version.id = ended.id AND version.from_position = ended.from_position""".formatted(versions))) {
            new ColumnRows<>(ended)
                    .texts(span -> span.version().id())
                    .longs(span -> span.version().position())
                    .nullableLongs(Span::toPosition)
                    .instants(Span::toAt)
                    .bind(update);
            update.executeUpdate();
        }
    }

    /** Inserts new versions. */
    void insert(Connection connection, List<Span> spans) throws SQLException {
        try (var insert = connection.prepareStatement("INSERT INTO " + versions + " (" + STATE + """
                , gone, from_position, to_position, from_at, to_at) SELECT * FROM unnest(""" + STATE_ARRAYS
                + ", ?::text[], ?::bigint[], ?::bigint[], ?::timestamptz[], ?::timestamptz[])")) {
            state(new ColumnRows<>(spans), Span::version)
                    .texts(span -> departureWord(span.version()))
                    .longs(span -> span.version().position())
                    .nullableLongs(Span::toPosition)
                    .instants(span -> span.version().at())
                    .instants(Span::toAt)
                    .bind(insert);
            insert.executeUpdate();
        }
    }

    /** Copies new versions into a table without other writers. */
    void copy(Connection connection, Collection<Span> spans) throws SQLException {
        try (var rows =
                new CopyRows(connection, versions, STATE + ", gone, from_position, to_position, from_at, to_at")) {
            for (var span : spans) {
                var version = span.version();
                state(rows.row(), version)
                        .text(departureWord(version))
                        .bigint(version.position())
                        .bigint(span.toPosition())
                        .time(version.at())
                        .time(span.toAt());
            }
            rows.end();
        }
    }

    /** Replaces the current instances by those of the stored versions, which must be complete. */
    void replaceFromVersions(Connection connection) throws SQLException {
        try (var none = connection.prepareStatement("DELETE FROM " + instances);
                var insert = connection.prepareStatement("INSERT INTO " + instances + " (" + STATE
                        + ", position) SELECT " + STATE + ", from_position FROM " + versions
                        + " WHERE to_position IS NULL AND gone IS NULL")) {
            none.executeUpdate();
            insert.executeUpdate();
        }
    }

    /** Upserts current instances. */
    void upsert(Connection connection, List<VersionedInstance> present) throws SQLException {
        try (var upsert =
                connection.prepareStatement("INSERT INTO " + instances + " (" + STATE + """
                , position) SELECT * FROM unnest(""" + STATE_ARRAYS + """
                , ?::bigint[]) ON CONFLICT (id) DO UPDATE SET
                slot_position = excluded.slot_position, registered_at = excluded.registered_at,
                updated_at = excluded.updated_at, lease_changed_at = excluded.lease_changed_at,
                health_changed_at = excluded.health_changed_at, slot = excluded.slot,
                declaration_version = excluded.declaration_version, shard = excluded.shard, service = excluded.service,
                namespace = excluded.namespace, owner = excluded.owner, declared = excluded.declared,
                lease = excluded.lease, health = excluded.health, breaker = excluded.breaker,
                declaration = excluded.declaration, position = excluded.position""")) {
            state(new ColumnRows<>(present), version -> version)
                    .longs(VersionedInstance::position)
                    .bind(upsert);
            upsert.executeUpdate();
        }
    }

    /** Deletes instances that have departed. */
    void delete(Connection connection, List<VersionedInstance> removed) throws SQLException {
        try (var delete = connection.prepareStatement("DELETE FROM " + instances + " WHERE id = ANY (?)")) {
            delete.setObject(1, removed.stream().map(VersionedInstance::id).toArray(String[]::new));
            delete.executeUpdate();
        }
    }

    /** Returns the time at which the fact at a position was recorded. */
    static Instant recordedAt(Connection connection, long position) throws SQLException {
        try (var select = connection.prepareStatement("SELECT recorded_at FROM store.facts WHERE position = ?")) {
            select.setLong(1, position);
            try (var row = select.executeQuery()) {
                row.next();
                return instant(row, "recorded_at");
            }
        }
    }

    private static <T> ColumnRows<T> state(ColumnRows<T> columns, Function<T, VersionedInstance> of) {
        return columns.longs(row -> of.apply(row).place().since())
                .instants(row -> of.apply(row).identity().registeredAt())
                .instants(row -> of.apply(row).times().updated())
                .instants(row -> of.apply(row).times().lease())
                .instants(row -> of.apply(row).times().health())
                .ints(row -> of.apply(row).place().slot())
                .ints(row -> of.apply(row).said().version())
                .ints(row -> of.apply(row).place().shard())
                .texts(row -> of.apply(row).id())
                .texts(row -> of.apply(row).identity().service())
                .texts(row -> of.apply(row).identity().namespace())
                .texts(row -> of.apply(row).identity().owner())
                .texts(row -> of.apply(row).state().declared().jsonName())
                .texts(row -> of.apply(row).state().lease().jsonName())
                .texts(row -> of.apply(row).state().health().jsonName())
                .texts(row -> of.apply(row).state().breaker().jsonName())
                .texts(row -> of.apply(row).said().declaration());
    }

    /** Writes the columns of {@link #STATE}. */
    private static CopyRows state(CopyRows row, VersionedInstance version) throws SQLException {
        var times = version.times();
        var state = version.state();
        var instanceIdentity = version.identity();
        return row.bigint(version.place().since())
                .time(instanceIdentity.registeredAt())
                .time(times.updated())
                .time(times.lease())
                .time(times.health())
                .integer(version.place().slot())
                .integer(version.said().version())
                .smallint(version.place().shard())
                .text(instanceIdentity.id())
                .text(instanceIdentity.service())
                .text(instanceIdentity.namespace())
                .text(instanceIdentity.owner())
                .text(state.declared().jsonName())
                .text(state.lease().jsonName())
                .text(state.health().jsonName())
                .text(state.breaker().jsonName())
                .json(version.said().declaration());
    }

    private static @Nullable String departureWord(VersionedInstance version) {
        var departureType = version.gone();
        return departureType == null ? null : departureType.sqlName();
    }

    private static VersionedInstance version(ResultSet row) throws SQLException {
        var gone = row.getString("gone");
        return new VersionedInstance(
                new InstanceIdentity(
                        row.getString("id"),
                        row.getString("service"),
                        row.getString("namespace"),
                        row.getString("owner"),
                        instant(row, "registered_at")),
                new SlotPlacement(row.getInt("shard"), row.getInt("slot"), row.getLong("slot_position")),
                new DeclarationState(row.getInt("declaration_version"), row.getString("declaration")),
                new InstanceState(
                        AdminState.of(row.getString("declared")),
                        LeaseState.of(row.getString("lease")),
                        HealthState.of(row.getString("health")),
                        BreakerState.of(row.getString("breaker"))),
                new Times(
                        instant(row, "updated_at"),
                        instant(row, "lease_changed_at"),
                        instant(row, "health_changed_at")),
                gone == null ? null : DepartureType.of(gone),
                row.getLong("from_position"),
                instant(row, "from_at"));
    }

    private static Instant instant(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }
}
