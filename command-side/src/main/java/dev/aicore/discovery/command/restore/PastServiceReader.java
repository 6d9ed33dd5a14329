package dev.aicore.discovery.command.restore;

import dev.aicore.discovery.api.error.ErrorCode;
import dev.aicore.discovery.api.error.FieldError;
import dev.aicore.discovery.api.error.RegistryException;
import dev.aicore.discovery.api.instance.Declaration;
import dev.aicore.discovery.api.instance.Declared;
import dev.aicore.discovery.api.instance.InstanceTag;
import dev.aicore.discovery.config.web.Json;
import dev.aicore.discovery.config.web.Moment;
import dev.aicore.discovery.config.web.Moment.Ago;
import dev.aicore.discovery.config.web.Moment.AtInstant;
import dev.aicore.discovery.config.web.Moment.AtPosition;
import dev.aicore.discovery.config.web.NoSuchMoment;
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

/** Reads from the read models what a service was, and is. Blocks. */
final class PastServiceReader {

    private static final String LAST = """
            SELECT facts.position, (SELECT CASE WHEN count(*) = 2 THEN min(position) ELSE 0 END
                                    FROM models.watermarks WHERE projection IN ('audit', 'instances')) >= facts.position
            FROM (SELECT coalesce(max(position), 0) AS position FROM store.facts) facts""";

    private static final String OF_POSITION = """
            SELECT ?::bigint AS position, a.at FROM models.audit a, store.head h
            WHERE a.position <= ? AND h.position >= ? ORDER BY a.position DESC LIMIT 1""";

    private static final String OF_INSTANT = """
            SELECT a.position, ?::timestamptz AS at FROM models.audit a
            WHERE a.at <= ? AND ?::timestamptz <= greatest(now(), (SELECT recorded_at FROM store.head)) ORDER BY a.at DESC, a.position DESC LIMIT 1""";

    private static final String COLUMNS =
            "id, owner, declaration::text AS declaration, declared, lease, registered_at, declaration_version";

    private static final String THEN = "SELECT " + COLUMNS + """
             FROM models.instance_versions
            WHERE service = ? AND from_position <= ? AND (to_position IS NULL OR to_position > ?)
              AND gone IS NULL ORDER BY id LIMIT ?""";

    private static final String NOW =
            "SELECT " + COLUMNS + " FROM models.instances WHERE service = ? ORDER BY id LIMIT ?";

    private static final String OF_OTHERS = "SELECT id FROM models.instances WHERE id = ANY(?) AND service <> ?";

    private final DataSource database;

    PastServiceReader(DataSource database) {
        this.database = database;
    }

    /**
     * The service at a moment and now, at most so many instances of each.
     *
     * @param now what a relative moment is relative to
     * @return empty while the models don't reflect all facts
     * @throws RegistryException {@code history_compacted} before the store's first fact, {@code other_store} and {@code
     *     validation_failed} beyond its last one
     */
    Optional<Compared> read(String service, Moment moment, Instant now, int most) throws SQLException {
        try (var connection = database.getConnection()) {
            connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            connection.setReadOnly(true);
            connection.setAutoCommit(false);
            try {
                var last = lastFact(connection);
                return last.isPresent()
                        ? Optional.of(read(connection, last.getAsLong(), service, moment, now, most))
                        : Optional.empty();
            } finally {
                connection.rollback();
            }
        }
    }

    /** Its position; empty while the models don't reflect it. */
    private static OptionalLong lastFact(Connection connection) throws SQLException {
        try (var select = connection.prepareStatement(LAST);
                var rows = select.executeQuery()) {
            return rows.next() && rows.getBoolean(2) ? OptionalLong.of(rows.getLong(1)) : OptionalLong.empty();
        }
    }

    private static Compared read(Connection connection, long last, String service, Moment moment, Instant now, int most)
            throws SQLException {
        try (var select = moment(connection, moment, now);
                var rows = select.executeQuery()) {
            if (!rows.next()) {
                throw refusal(connection, moment, now);
            }
            long position = rows.getLong(1);
            var at = rows.getObject(2, OffsetDateTime.class).toInstant();
            var then = then(connection, service, position, most);
            return new Compared(
                    last, position, at, then, now(connection, service, most), ofOthers(connection, service, then));
        }
    }

    private static RegistryException refusal(Connection connection, Moment moment, Instant now) throws SQLException {
        if (moment instanceof AtInstant(var instant) && instant.isAfter(now)) {
            return NoSuchMoment.yet("at", instant);
        }
        long head = head(connection);
        return moment instanceof AtPosition(var position) && position > head
                ? NoSuchMoment.inThisStore("at", position, head)
                : new RegistryException(
                        ErrorCode.HISTORY_COMPACTED,
                        "The history of this store begins after that.",
                        new FieldError(
                                "at", "is before the store's first fact", null, "a moment of this store's history"));
    }

    private static long head(Connection connection) throws SQLException {
        try (var select = connection.prepareStatement("SELECT coalesce(max(position), 0) FROM store.head");
                var row = select.executeQuery()) {
            row.next();
            return row.getLong(1);
        }
    }

    private static PreparedStatement moment(Connection connection, Moment moment, Instant now) throws SQLException {
        return switch (moment) {
            case AtPosition(var position) -> bound(connection.prepareStatement(OF_POSITION), position);
            case AtInstant(var instant) -> bound(connection.prepareStatement(OF_INSTANT), utc(instant));
            case Ago(var duration) -> bound(connection.prepareStatement(OF_INSTANT), utc(now.minus(duration)));
        };
    }

    private static PreparedStatement bound(PreparedStatement select, Object moment) throws SQLException {
        for (int parameter = 1; parameter <= 3; parameter++) {
            select.setObject(parameter, moment);
        }
        return select;
    }

    private static OffsetDateTime utc(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }

    private static List<Known> then(Connection connection, String service, long position, int most)
            throws SQLException {
        try (var select = connection.prepareStatement(THEN)) {
            select.setString(1, service);
            select.setLong(2, position);
            select.setLong(3, position);
            select.setInt(4, most);
            return all(select);
        }
    }

    private static List<Known> now(Connection connection, String service, int most) throws SQLException {
        try (var select = connection.prepareStatement(NOW)) {
            select.setString(1, service);
            select.setInt(2, most);
            return all(select);
        }
    }

    private static Set<String> ofOthers(Connection connection, String service, List<Known> then) throws SQLException {
        try (var select = connection.prepareStatement(OF_OTHERS)) {
            select.setArray(
                    1,
                    connection.createArrayOf(
                            "text", then.stream().map(Known::id).toArray()));
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

    private static List<Known> all(PreparedStatement select) throws SQLException {
        var all = new ArrayList<Known>();
        try (var rows = select.executeQuery()) {
            while (rows.next()) {
                all.add(known(rows));
            }
        }
        return all;
    }

    private static Known known(ResultSet row) throws SQLException {
        return new Known(
                row.getString("id"),
                row.getString("owner"),
                Json.mapper().readValue(row.getString("declaration"), Declaration.class),
                Declared.of(row.getString("declared")),
                "expired".equals(row.getString("lease")),
                InstanceTag.of(
                        row.getObject("registered_at", OffsetDateTime.class).toInstant(),
                        row.getInt("declaration_version")));
    }
}
