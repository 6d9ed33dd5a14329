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
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/** Reads the earlier and the present state of a service from the read models. Blocks. */
final class ServiceComparisonReader {

    private static final String LAST = """
            SELECT facts.position, (SELECT CASE WHEN count(*) = 2 THEN min(position) ELSE 0 END
                                    FROM %s WHERE projection IN ('audit', 'instances')) >= facts.position
            FROM (SELECT coalesce(max(position), 0) AS position FROM store.facts) facts""".formatted(ModelTable.WATERMARKS);

    private static final String AS_OF_POSITION = """
            SELECT :point::bigint AS position, a.at FROM %s a, store.head h
            WHERE a.position <= :point AND h.position >= :point ORDER BY a.position DESC LIMIT 1""".formatted(ModelTable.AUDIT);

    private static final String AS_OF_INSTANT = """
            SELECT a.position, :point::timestamptz AS at FROM %s a
            WHERE a.at <= :point AND :point::timestamptz <= greatest(now(), (SELECT recorded_at FROM store.head)) ORDER BY a.at DESC, a.position DESC LIMIT 1""".formatted(ModelTable.AUDIT);

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

    /** Point in time as the store has it. */
    private record StorePoint(long position, Instant at) {}

    private final JdbcClient client;
    private final TransactionTemplate snapshot;

    ServiceComparisonReader(DataSource database) {
        this.client = JdbcClient.create(database);
        this.snapshot = new TransactionTemplate(new JdbcTransactionManager(database));
        snapshot.setIsolationLevel(TransactionDefinition.ISOLATION_REPEATABLE_READ);
        snapshot.setReadOnly(true);
    }

    /**
     * Reads the service at an earlier point and now, at most {@code most} instances of each.
     *
     * @param now time that a relative point refers to
     * @return empty while the read models don't reflect all facts
     * @throws RegistryException {@code history_compacted} before the store's first fact, {@code other_store} and
     *     {@code validation_failed} after its last one
     * @throws org.springframework.core.NestedRuntimeException if the database fails
     */
    Optional<ServiceComparison> read(String service, AsOfPoint asOf, Instant now, int max) {
        return snapshot.execute(_ -> lastFact().map(last -> read(last, service, asOf, now, max)));
    }

    /** Returns the position of the last fact; empty while the read models don't reflect it. */
    private Optional<Long> lastFact() {
        return client.sql(LAST)
                .query((row, _) -> row.getBoolean(2) ? Optional.of(row.getLong(1)) : Optional.<Long>empty())
                .single();
    }

    private ServiceComparison read(long last, String service, AsOfPoint asOf, Instant now, int max) {
        var point = readPoint(asOf, now).orElseThrow(() -> refusal(asOf, now));
        var then = readAsOf(service, point.position(), max);
        return new ServiceComparison(
                last,
                point.position(),
                point.at(),
                then,
                readCurrent(service, max),
                readOtherServiceIds(service, then));
    }

    private RegistryException refusal(AsOfPoint asOf, Instant now) {
        if (asOf instanceof AtInstant(var instant) && instant.isAfter(now)) {
            return AsOfErrors.inFuture("at", instant);
        }
        long head = client.sql("SELECT coalesce(max(position), 0) FROM store.head")
                .query(Long.class)
                .single();
        return asOf instanceof AtPosition(var position) && position > head
                ? AsOfErrors.beyondStore("at", position, head)
                : new RegistryException(
                        ErrorCode.HISTORY_COMPACTED,
                        "The history of this store begins after the requested time.",
                        new FieldError(
                                "at", "is before the store's first fact", null, "a time within this store's history"));
    }

    private Optional<StorePoint> readPoint(AsOfPoint asOf, Instant now) {
        var statement = switch (asOf) {
            case AtPosition(var position) -> client.sql(AS_OF_POSITION).param("point", position);
            case AtInstant(var instant) -> client.sql(AS_OF_INSTANT).param("point", utc(instant));
            case Ago(var duration) -> client.sql(AS_OF_INSTANT).param("point", utc(now.minus(duration)));
        };
        return statement
                .query((row, _) -> new StorePoint(
                        row.getLong(1), row.getObject(2, OffsetDateTime.class).toInstant()))
                .optional();
    }

    private static OffsetDateTime utc(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }

    private List<DeclaredInstance> readAsOf(String service, long position, int max) {
        return client.sql(AS_OF_INSTANCES)
                .params(service, position, position, max)
                .query((row, _) -> readInstance(row))
                .list();
    }

    private List<DeclaredInstance> readCurrent(String service, int max) {
        return client.sql(NOW)
                .params(service, max)
                .query((row, _) -> readInstance(row))
                .list();
    }

    private Set<String> readOtherServiceIds(String service, List<DeclaredInstance> then) {
        return client.sql(IDS_ELSEWHERE)
                .params(then.stream().map(DeclaredInstance::id).toArray(String[]::new), service)
                .query((row, _) -> row.getString(1))
                .set();
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
