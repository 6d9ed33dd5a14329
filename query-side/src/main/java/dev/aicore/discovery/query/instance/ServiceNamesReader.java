package dev.aicore.discovery.query.instance;

import dev.aicore.discovery.api.access.ServiceScope;
import dev.aicore.discovery.api.health.BreakerState;
import dev.aicore.discovery.api.health.HealthState;
import dev.aicore.discovery.api.instance.AdminState;
import dev.aicore.discovery.api.instance.InstanceStatus;
import dev.aicore.discovery.api.instance.ServiceNamesView.ServiceName;
import dev.aicore.discovery.api.lease.LeaseState;
import dev.aicore.discovery.readmodel.ModelTable;
import dev.aicore.discovery.readmodel.WatermarkSql;
import dev.aicore.discovery.readmodel.database.Database;
import dev.aicore.discovery.readmodel.database.PositionedResult;
import dev.aicore.discovery.readmodel.database.PrefixedColumns;
import dev.aicore.discovery.readmodel.database.ScopeCondition;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient.GenericExecuteSpec;
import reactor.core.publisher.Mono;

/** Reads the services that have present instances, with the number of instances per status. */
final class ServiceNamesReader {

    /** Statement that yields at least one row, so that the position is known even if no instance is found. */
    private static final String FRAME = """
            SELECT mark.position AS mark, found.*
            FROM (%1$s) mark
            LEFT JOIN (
                SELECT service, declared, lease, health, breaker, count(*) AS instances
                FROM (SELECT DISTINCT service FROM %2$s WHERE service > :after%%s ORDER BY service LIMIT :limit) page
                JOIN (SELECT * FROM %2$s) i USING (service)
                GROUP BY service, declared, lease, health, breaker
            ) found ON true
            ORDER BY found.service
            """;

    private static final String CURRENT = FRAME.formatted(WatermarkSql.positionOf("instances"), ModelTable.INSTANCES);

    private static final String AS_OF = FRAME.formatted(
            "SELECT CAST(:position AS bigint) AS position", """
            (SELECT * FROM %s
             WHERE from_position <= :position AND (to_position IS NULL OR to_position > :position) AND gone IS NULL) versions""".formatted(ModelTable.INSTANCE_VERSIONS));

    private final Database database;

    ServiceNamesReader(Database database) {
        this.database = database;
    }

    /**
     * Returns at most {@code limit} services after a name, ordered by name; the empty name precedes all.
     *
     * @param scope service scope of the caller; null for all services
     */
    Mono<PositionedResult<List<ServiceName>>> page(String after, int limit, @Nullable ServiceScope scope) {
        return read(CURRENT, after, limit, scope, UnaryOperator.identity());
    }

    /** Returns at most {@code limit} services after a name as of a position that the read models reflect. */
    Mono<PositionedResult<List<ServiceName>>> pageAt(
            String after, int limit, @Nullable ServiceScope scope, long position) {
        return read(AS_OF, after, limit, scope, sql -> sql.bind("position", position));
    }

    private Mono<PositionedResult<List<ServiceName>>> read(
            String sql, String after, int limit, @Nullable ServiceScope scope, UnaryOperator<GenericExecuteSpec> bind) {
        var narrowed = sql.formatted(ScopeCondition.andCondition("service", scope));
        return database.run(client -> within(
                        bind.apply(client.sql(narrowed).bind("after", after).bind("limit", limit)), scope)
                .map(row -> row(PrefixedColumns.of(row)))
                .all()
                .collectList()
                .map(ServiceNamesReader::combine));
    }

    private static GenericExecuteSpec within(GenericExecuteSpec sql, @Nullable ServiceScope scope) {
        return scope == null ? sql : sql.bind(ScopeCondition.PARAMETER, ScopeCondition.values(scope));
    }

    private record Group(String service, InstanceStatus status, long instances) {}

    private static PositionedResult<Optional<Group>> row(PrefixedColumns row) {
        return new PositionedResult<>(
                row.isMissing("service") ? Optional.empty() : Optional.of(group(row)), row.number("mark"));
    }

    private static Group group(PrefixedColumns row) {
        var instanceStatus = InstanceStatus.of(
                AdminState.of(row.text("declared")),
                LeaseState.of(row.text("lease")),
                HealthState.of(row.text("health")),
                BreakerState.of(row.text("breaker")));
        return new Group(row.text("service"), instanceStatus, row.number("instances"));
    }

    private static PositionedResult<List<ServiceName>> combine(List<PositionedResult<Optional<Group>>> rows) {
        var byService = new LinkedHashMap<String, Map<String, Long>>();
        rows.stream()
                .flatMap(row -> row.rows().stream())
                .forEach(group -> byService
                        .computeIfAbsent(group.service(), service -> zeroCounts())
                        .merge(group.status().jsonName(), group.instances(), Long::sum));
        var names = new ArrayList<ServiceName>();
        byService.forEach((name, byStatus) -> names.add(new ServiceName(
                name, byStatus.values().stream().mapToLong(Long::longValue).sum(), byStatus)));
        return new PositionedResult<>(names, rows.getFirst().position());
    }

    private static Map<String, Long> zeroCounts() {
        var byStatus = new LinkedHashMap<String, Long>();
        for (var instanceStatus : InstanceStatus.values()) {
            byStatus.put(instanceStatus.jsonName(), 0L);
        }
        return byStatus;
    }
}
