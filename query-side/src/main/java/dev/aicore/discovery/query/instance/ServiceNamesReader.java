package dev.aicore.discovery.query.instance;

import dev.aicore.discovery.api.access.Reach;
import dev.aicore.discovery.api.instance.Breaker;
import dev.aicore.discovery.api.instance.Declared;
import dev.aicore.discovery.api.instance.Health;
import dev.aicore.discovery.api.instance.LeaseState;
import dev.aicore.discovery.api.instance.ServiceNamesView.ServiceName;
import dev.aicore.discovery.api.instance.Status;
import dev.aicore.discovery.query.database.Columns;
import dev.aicore.discovery.query.database.Database;
import dev.aicore.discovery.query.database.Marked;
import dev.aicore.discovery.query.database.Within;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient.GenericExecuteSpec;
import reactor.core.publisher.Mono;

/** Reads which services have present instances, and how many of each status. */
final class ServiceNamesReader {

    /** One row at least, so that the position is there even if no instance is. */
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

    private static final String PRESENT = FRAME.formatted(
            "SELECT coalesce(max(position), 0) AS position FROM models.watermarks WHERE projection = 'instances'",
            "models.instances");

    private static final String PAST = FRAME.formatted("SELECT CAST(:position AS bigint) AS position", """
            (SELECT * FROM models.instance_versions
             WHERE from_position <= :position AND (to_position IS NULL OR to_position > :position) AND gone IS NULL) versions""");

    private final Database database;

    ServiceNamesReader(Database database) {
        this.database = database;
    }

    /**
     * At most {@code limit} services behind a name, ordered by name; behind the empty one are all.
     *
     * @param reach those that the caller is bound to; null for all
     */
    Mono<Marked<List<ServiceName>>> page(String after, int limit, @Nullable Reach reach) {
        return read(PRESENT, after, limit, reach, UnaryOperator.identity());
    }

    /** The same of a position that the models reflect. */
    Mono<Marked<List<ServiceName>>> pageAt(String after, int limit, @Nullable Reach reach, long position) {
        return read(PAST, after, limit, reach, sql -> sql.bind("position", position));
    }

    private Mono<Marked<List<ServiceName>>> read(
            String sql, String after, int limit, @Nullable Reach reach, UnaryOperator<GenericExecuteSpec> bind) {
        var narrowed = sql.formatted(Within.and("service", reach));
        return database.run(client -> within(
                        bind.apply(client.sql(narrowed).bind("after", after).bind("limit", limit)), reach)
                .map(row -> row(Columns.of(row)))
                .all()
                .collectList()
                .map(ServiceNamesReader::together));
    }

    private static GenericExecuteSpec within(GenericExecuteSpec sql, @Nullable Reach reach) {
        return reach == null ? sql : sql.bind(Within.PARAMETER, Within.values(reach));
    }

    private record Group(String service, Status status, long instances) {}

    private static Marked<Optional<Group>> row(Columns row) {
        return new Marked<>(row.isMissing("service") ? Optional.empty() : Optional.of(group(row)), row.number("mark"));
    }

    private static Group group(Columns row) {
        var status = Status.of(
                Declared.of(row.text("declared")),
                LeaseState.of(row.text("lease")),
                Health.of(row.text("health")),
                Breaker.of(row.text("breaker")));
        return new Group(row.text("service"), status, row.number("instances"));
    }

    private static Marked<List<ServiceName>> together(List<Marked<Optional<Group>>> rows) {
        var byService = new LinkedHashMap<String, Map<String, Long>>();
        rows.stream()
                .flatMap(row -> row.rows().stream())
                .forEach(group -> byService
                        .computeIfAbsent(group.service(), service -> none())
                        .merge(group.status().word(), group.instances(), Long::sum));
        var names = new ArrayList<ServiceName>();
        byService.forEach((name, byStatus) -> names.add(new ServiceName(
                name, byStatus.values().stream().mapToLong(Long::longValue).sum(), byStatus)));
        return new Marked<>(names, rows.getFirst().position());
    }

    private static Map<String, Long> none() {
        var byStatus = new LinkedHashMap<String, Long>();
        for (var status : Status.values()) {
            byStatus.put(status.word(), 0L);
        }
        return byStatus;
    }
}
