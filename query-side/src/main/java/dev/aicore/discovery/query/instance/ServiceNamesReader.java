package dev.aicore.discovery.query.instance;

import dev.aicore.discovery.api.instance.Breaker;
import dev.aicore.discovery.api.instance.Declared;
import dev.aicore.discovery.api.instance.Health;
import dev.aicore.discovery.api.instance.LeaseState;
import dev.aicore.discovery.api.instance.ServiceNamesView.ServiceName;
import dev.aicore.discovery.api.instance.Status;
import dev.aicore.discovery.query.database.Columns;
import dev.aicore.discovery.query.database.Database;
import dev.aicore.discovery.query.database.Marked;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import reactor.core.publisher.Mono;

/** Reads which services have present instances, and how many of each status. */
final class ServiceNamesReader {

    /** One row at least, so that the position is there even if no instance is. */
    private static final String PAGE = """
            SELECT mark.position AS mark, found.*
            FROM (SELECT coalesce(max(position), 0) AS position FROM models.watermarks WHERE projection = 'instances') mark
            LEFT JOIN (
                SELECT i.service, i.declared, i.lease, i.health, i.breaker, count(*) AS instances
                FROM (SELECT DISTINCT service FROM models.instances WHERE service > :after ORDER BY service LIMIT :limit) page
                JOIN models.instances i USING (service)
                GROUP BY i.service, i.declared, i.lease, i.health, i.breaker
            ) found ON true
            ORDER BY found.service
            """;

    private final Database database;

    ServiceNamesReader(Database database) {
        this.database = database;
    }

    /** At most {@code limit} services behind a name, ordered by name; behind the empty one are all. */
    Mono<Marked<List<ServiceName>>> page(String after, int limit) {
        return database.run(client -> client.sql(PAGE)
                .bind("after", after)
                .bind("limit", limit)
                .map(row -> row(Columns.of(row)))
                .all()
                .collectList()
                .map(ServiceNamesReader::together));
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
