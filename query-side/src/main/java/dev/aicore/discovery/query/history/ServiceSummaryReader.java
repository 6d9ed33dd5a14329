package dev.aicore.discovery.query.history;

import dev.aicore.discovery.api.access.ServiceScope;
import dev.aicore.discovery.api.error.ErrorCode;
import dev.aicore.discovery.api.error.RegistryException;
import dev.aicore.discovery.api.health.BreakerState;
import dev.aicore.discovery.api.health.HealthState;
import dev.aicore.discovery.api.history.DiffView.LastChange;
import dev.aicore.discovery.api.instance.AdminState;
import dev.aicore.discovery.api.instance.InstanceStatus;
import dev.aicore.discovery.api.lease.LeaseState;
import dev.aicore.discovery.readmodel.ModelTable;
import dev.aicore.discovery.readmodel.WatermarkSql;
import dev.aicore.discovery.readmodel.database.Database;
import dev.aicore.discovery.readmodel.database.PositionedResult;
import dev.aicore.discovery.readmodel.database.PrefixedColumns;
import dev.aicore.discovery.readmodel.database.ScopeCondition;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient.GenericExecuteSpec;
import reactor.core.publisher.Mono;

/** Reads groups of equal instances of all services in one statement, so that totals and rows are of one position. */
final class ServiceSummaryReader {

    /** Maximum number of groups that one request reads. Many thousand instances are usually some hundred groups. */
    private static final int MAX_GROUPS = 200_000;

    /** Statement that yields at least one row, so that the position is known even if no instance is found. */
    private static final String FRAME = """
            SELECT mark.position AS mark, found.*
            FROM (%1$s) mark
            LEFT JOIN (
                SELECT service, declared, lease, health, breaker, coalesce(declaration ->> 'version', '') AS version,
                       coalesce(declaration ->> 'zone', '') AS zone, count(*) AS instances, max(%3$s) AS changed
                FROM %2$s i
                WHERE %4$s%%s
                GROUP BY service, declared, lease, health, breaker, version, zone
                LIMIT :limit
            ) found ON true
            """;

    private static final String CURRENT =
            FRAME.formatted(WatermarkSql.positionOf("instances"), ModelTable.INSTANCES, "i.position", "true");

    private static final String AS_OF = FRAME.formatted(
            "SELECT CAST(:position AS bigint) AS position",
            ModelTable.INSTANCE_VERSIONS,
            "i.from_position",
            "from_position <= :position AND (to_position IS NULL OR to_position > :position) AND gone IS NULL");

    private static final String LAST_CHANGES = """
            SELECT wanted.service AS service, %s
            FROM unnest(CAST(:services AS text[])) AS wanted (service)
            JOIN LATERAL (
                SELECT e.position, e.at, e.actor, e.summary, e.reason FROM %s e
                WHERE e.service = wanted.service AND e.position <= :position
                ORDER BY e.position DESC LIMIT 1
            ) last ON true
            """.formatted(LastEntryMapper.columns("last"), ModelTable.AUDIT);

    /** Age of the groups that callers share: many browsers read the list every few seconds. */
    private static final Duration MAX_AGE = Duration.ofSeconds(1);

    private final Database database;
    private final Mono<PositionedResult<List<InstanceGroup>>> sharedGroups;

    ServiceSummaryReader(Database database) {
        this.database = database;
        this.sharedGroups = currentGroups(null).cache(groups -> MAX_AGE, failure -> Duration.ZERO, () -> Duration.ZERO);
    }

    /**
     * Group of instances that are equal in all of these.
     *
     * @param changed position of the last fact about one of them
     */
    record InstanceGroup(
            String service,
            InstanceStatus status,
            boolean overdue,
            String version,
            String zone,
            long instances,
            long changed) {}

    /**
     * Returns all groups of present instances. Those of all services may be up to a second old.
     *
     * @param scope service scope of the caller; null for all services
     * @param minPosition position that the groups must reflect if the read models do
     * @return fails with {@code answer_too_large} beyond the maximum number of groups
     */
    Mono<PositionedResult<List<InstanceGroup>>> groups(@Nullable ServiceScope scope, long minPosition) {
        var current = currentGroups(scope);
        return scope == null
                ? sharedGroups.filter(read -> read.position() >= minPosition).switchIfEmpty(current)
                : current;
    }

    private Mono<PositionedResult<List<InstanceGroup>>> currentGroups(@Nullable ServiceScope scope) {
        return read(CURRENT, scope, UnaryOperator.identity());
    }

    /** Returns all groups as of a position that the read models reflect. */
    Mono<PositionedResult<List<InstanceGroup>>> groupsAt(long position, @Nullable ServiceScope scope) {
        return read(AS_OF, scope, sql -> sql.bind("position", position));
    }

    /** Returns the last history entry of each service up to a position, by service. */
    Mono<Map<String, LastChange>> lastChanges(Collection<String> services, long position) {
        return database.run(client -> client.sql(LAST_CHANGES)
                .bind("services", services.toArray(String[]::new))
                .bind("position", position)
                .map(row -> Map.entry(
                        PrefixedColumns.of(row).text("service"),
                        LastEntryMapper.read(new PrefixedColumns(row, "last_"))))
                .all()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)));
    }

    private Mono<PositionedResult<List<InstanceGroup>>> read(
            String sql, @Nullable ServiceScope scope, UnaryOperator<GenericExecuteSpec> bind) {
        var narrowed = sql.formatted(ScopeCondition.andCondition("i.service", scope));
        return database.run(client -> within(bind.apply(client.sql(narrowed).bind("limit", MAX_GROUPS + 1)), scope)
                .map(row -> row(PrefixedColumns.of(row)))
                .all()
                .collectList()
                .map(rows -> requireWithinLimit(PositionedResult.combine(rows))));
    }

    private static GenericExecuteSpec within(GenericExecuteSpec sql, @Nullable ServiceScope scope) {
        return scope == null ? sql : sql.bind(ScopeCondition.PARAMETER, ScopeCondition.values(scope));
    }

    private static PositionedResult<List<InstanceGroup>> requireWithinLimit(
            PositionedResult<List<InstanceGroup>> read) {
        if (read.rows().size() > MAX_GROUPS) {
            throw new RegistryException(
                    ErrorCode.ANSWER_TOO_LARGE,
                    "The registry has more than " + MAX_GROUPS + " kinds of instances; list them by service.");
        }
        return read;
    }

    private static PositionedResult<Optional<InstanceGroup>> row(PrefixedColumns row) {
        return new PositionedResult<>(
                row.isMissing("service") ? Optional.empty() : Optional.of(group(row)), row.number("mark"));
    }

    private static InstanceGroup group(PrefixedColumns row) {
        var lease = LeaseState.of(row.text("lease"));
        var instanceStatus = InstanceStatus.of(
                AdminState.of(row.text("declared")),
                lease,
                HealthState.of(row.text("health")),
                BreakerState.of(row.text("breaker")));
        return new InstanceGroup(
                row.text("service"),
                instanceStatus,
                lease == LeaseState.OVERDUE,
                row.text("version"),
                row.text("zone"),
                row.number("instances"),
                row.number("changed"));
    }
}
