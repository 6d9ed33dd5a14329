package dev.aicore.discovery.command.restore;

import dev.aicore.discovery.api.error.ErrorCode;
import dev.aicore.discovery.api.error.FieldError;
import dev.aicore.discovery.api.error.RegistryException;
import dev.aicore.discovery.api.instance.AdminState;
import dev.aicore.discovery.api.instance.Declaration;
import dev.aicore.discovery.api.instance.InstanceETag;
import dev.aicore.discovery.command.restore.ServiceComparison.DeclaredInstance;
import dev.aicore.discovery.readmodel.ModelTable;
import dev.aicore.discovery.web.ApiJson;
import dev.aicore.discovery.web.AsOfErrors;
import dev.aicore.discovery.web.AsOfPoint;
import dev.aicore.discovery.web.AsOfPoint.Ago;
import dev.aicore.discovery.web.AsOfPoint.AtInstant;
import dev.aicore.discovery.web.AsOfPoint.AtPosition;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import javax.sql.DataSource;

/** Reads the earlier and the present state of a service from the read models. Blocks. */
final class ServiceComparisonReader {

    private static final String LAST = """
            SELECT facts.position, (SELECT CASE WHEN count(*) = 2 THEN min(position) ELSE 0 END
                                    FROM %s WHERE projection IN ('audit', 'instances')) >= facts.position
            FROM (SELECT coalesce(max(position), 0) AS position FROM store.facts) facts""".formatted(ModelTable.WATERMARKS);

    private static final String AS_OF_POSITION = """
            SELECT ?::bigint AS position, a.at FROM %s a, store.head h
            WHERE a.position <= ? AND h.position >= ? ORDER BY a.position DESC LIMIT 1""".formatted(ModelTable.AUDIT);

    private static final String AS_OF_INSTANT = """
            SELECT a.position, ?::timestamptz AS at FROM %s a
            WHERE a.at <= ? AND ?::timestamptz <= greatest(now(), (SELECT recorded_at FROM store.head)) ORDER BY a.at DESC, a.position DESC LIMIT 1""".formatted(ModelTable.AUDIT);

    private static final String COLUMNS =
            "id, owner, declaration::text AS declaration, declared, lease, registered_at, declaration_version";

    private static final String AS_OF_INSTANCES = "SELECT " + COLUMNS + """
             FROM %s
            WHERE service = ? AND from_position <= ? AND (to_position IS NULL OR to_position > ?)
              AND gone IS NULL ORDER BY id LIMIT ?""".formatted(ModelTable.INSTANCE_VERSIONS);

    private static final String NOW =
            "SELECT " + COLUMNS + " FROM " + ModelTable.INSTANCES + " WHERE service = ? ORDER BY id LIMIT ?";

    private static final String IDS_ELSEWHERE =
            "SELECT id FROM " + ModelTable.INSTANCES + " WHERE id = ANY(?) AND service <> ?";

    private final DataSource database;

    ServiceComparisonReader(DataSource database) {
        this.database = database;
    }

    /**
     * Reads the service at an earlier point and now, at most {@code most} instances of each.
     *
     * @param now time that a relative point refers to
     * @return empty while the read models don't reflect all facts
     * @throws RegistryException {@code history_compacted} before the store's first fact, {@code other_store} and
     *     {@code validation_failed} after its last one
     */
    Optional<ServiceComparison> read(String service, AsOfPoint asOf, Instant now, int max) throws SQLException {
        try (var connection = database.getConnection()) {
            connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            connection.setReadOnly(true);
            connection.setAutoCommit(false);
            try {
                var last = lastFact(connection);
                return last.isPresent()
                        ? Optional.of(read(connection, last.getAsLong(), service, asOf, now, max))
                        : Optional.empty();
            } finally {
                connection.rollback();
            }
        }
    }

    /** Returns the position of the last fact; empty while the read models don't reflect it. */
    private static OptionalLong lastFact(Connection connection) throws SQLException {
        try (var select = connection.prepareStatement(LAST);
                var rows = select.executeQuery()) {
            return rows.next() && rows.getBoolean(2) ? OptionalLong.of(rows.getLong(1)) : OptionalLong.empty();
        }
    }

    private static ServiceComparison read(
            Connection connection, long last, String service, AsOfPoint asOf, Instant now, int max)
            throws SQLException {
        try (var select = prepareAsOf(connection, asOf, now);
                var rows = select.executeQuery()) {
            if (!rows.next()) {
                throw refusal(connection, asOf, now);
            }
            long position = rows.getLong(1);
            var at = rows.getObject(2, OffsetDateTime.class).toInstant();
            var then = readAsOf(connection, service, position, max);
            return new ServiceComparison(
                    last,
                    position,
                    at,
                    then,
                    readCurrent(connection, service, max),
                    readOtherServiceIds(connection, service, then));
        }
    }

    private static RegistryException refusal(Connection connection, AsOfPoint asOf, Instant now) throws SQLException {
        if (asOf instanceof AtInstant(var instant) && instant.isAfter(now)) {
            return AsOfErrors.inFuture("at", instant);
        }
        long head = head(connection);
        return asOf instanceof AtPosition(var position) && position > head
                ? AsOfErrors.beyondStore("at", position, head)
                : new RegistryException(
                        ErrorCode.HISTORY_COMPACTED,
                        "The history of this store begins after the requested time.",
                        new FieldError(
                                "at", "is before the store's first fact", null, "a time within this store's history"));
    }

    private static long head(Connection connection) throws SQLException {
        try (var select = connection.prepareStatement("SELECT coalesce(max(position), 0) FROM store.head");
                var row = select.executeQuery()) {
            row.next();
            return row.getLong(1);
        }
    }

    private static PreparedStatement prepareAsOf(Connection connection, AsOfPoint asOf, Instant now)
            throws SQLException {
        return switch (asOf) {
            case AtPosition(var position) -> bindAll(connection.prepareStatement(AS_OF_POSITION), position);
            case AtInstant(var instant) -> bindAll(connection.prepareStatement(AS_OF_INSTANT), utc(instant));
            case Ago(var duration) -> bindAll(connection.prepareStatement(AS_OF_INSTANT), utc(now.minus(duration)));
        };
    }

    private static PreparedStatement bindAll(PreparedStatement select, Object point) throws SQLException {
        for (int parameter = 1; parameter <= 3; parameter++) {
            select.setObject(parameter, point);
        }
        return select;
    }

    private static OffsetDateTime utc(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }

    private static List<DeclaredInstance> readAsOf(Connection connection, String service, long position, int max)
            throws SQLException {
        try (var select = connection.prepareStatement(AS_OF_INSTANCES)) {
            select.setString(1, service);
            select.setLong(2, position);
            select.setLong(3, position);
            select.setInt(4, max);
            return all(select);
        }
    }

    private static List<DeclaredInstance> readCurrent(Connection connection, String service, int max)
            throws SQLException {
        try (var select = connection.prepareStatement(NOW)) {
            select.setString(1, service);
            select.setInt(2, max);
            return all(select);
        }
    }

    private static Set<String> readOtherServiceIds(Connection connection, String service, List<DeclaredInstance> then)
            throws SQLException {
        try (var select = connection.prepareStatement(IDS_ELSEWHERE)) {
            select.setArray(
                    1,
                    connection.createArrayOf(
                            "text", then.stream().map(DeclaredInstance::id).toArray()));
            select.setString(2, service);
            var ids = new HashSet<String>();
            try (var rows = select.executeQuery()) {
                while (rows.next()) {
                    ids.add(rows.getString(1));
                }
            }
            return ids;
        }
    }

    private static List<DeclaredInstance> all(PreparedStatement select) throws SQLException {
        var all = new ArrayList<DeclaredInstance>();
        try (var rows = select.executeQuery()) {
            while (rows.next()) {
                all.add(readInstance(rows));
            }
        }
        return all;
    }

    private static DeclaredInstance readInstance(ResultSet row) throws SQLException {
        return new DeclaredInstance(
                row.getString("id"),
                row.getString("owner"),
                ApiJson.mapper().readValue(row.getString("declaration"), Declaration.class),
                AdminState.of(row.getString("declared")),
                "expired".equals(row.getString("lease")),
                InstanceETag.of(
                        row.getObject("registered_at", OffsetDateTime.class).toInstant(),
                        row.getInt("declaration_version")));
    }
}
