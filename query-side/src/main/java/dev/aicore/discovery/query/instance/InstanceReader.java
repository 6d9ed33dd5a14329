package dev.aicore.discovery.query.instance;

import dev.aicore.discovery.api.instance.InstanceInterner;
import dev.aicore.discovery.api.instance.InstanceView;
import dev.aicore.discovery.readmodel.ModelTable;
import dev.aicore.discovery.readmodel.WatermarkSql;
import dev.aicore.discovery.readmodel.database.Database;
import dev.aicore.discovery.readmodel.database.PositionedResult;
import dev.aicore.discovery.readmodel.database.PrefixedColumns;
import dev.aicore.discovery.web.Page;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** Reads the present instances: registered, and neither removed nor deregistered. */
public final class InstanceReader {

    /** Projections that {@code ReadYourWritesBarrier} must wait for on behalf of these reads. */
    public static final Set<String> PROJECTIONS = Set.of("instances");

    /** SQL expression for a declaration without the members that may have several kilobytes. */
    static final String SMALL_DECLARATION = """
            ((declaration - 'health_check') || '{"metadata": {}, "tags": []}')::text""";

    private static final String MARK = WatermarkSql.positionOf("instances");

    /** Statement that yields at least one row, so that the position is known even if no instance is found. */
    private static final String FRAME = """
            SELECT mark.position AS mark, %%s AS waits_from, found.*
            FROM (%s) mark
            LEFT JOIN (
                SELECT i.id, i.service, i.namespace, i.owner, i.declaration::text AS declaration, i.declaration_version,
                       i.declared, i.lease, i.health, i.breaker, i.registered_at, i.updated_at, i.position,
                       seen.observed_at, %%s AS parked
                FROM %s i
                LEFT JOIN %s seen
                       ON seen.shard = i.shard AND seen.slot = i.slot AND seen.position > i.slot_position
                WHERE %%s
            ) found ON true
            ORDER BY found.service, found.id
            """.formatted(MARK, ModelTable.INSTANCES, ModelTable.LAST_SEEN);

    /**
     * Statement for discovery. Omits the time of the last observation, which discovery doesn't use and which would cost
     * a join.
     */
    private static final String BY_SERVICE =
            """
            SELECT mark.position AS mark, found.*
            FROM (%s) mark
            LEFT JOIN (
                SELECT id, service, namespace, owner, declaration::text AS declaration, declaration_version,
                       declared, lease, health, breaker, registered_at, updated_at, position,
                       NULL::timestamptz AS observed_at, false AS parked
                FROM %s i WHERE service = :service AND NOT %s
            ) found ON true
            ORDER BY found.id
            """.formatted(MARK, ModelTable.INSTANCES, DeadLetterSqlConditions.exist("i.id"));

    private static final String BY_ID =
            FRAME.formatted(DeadLetterSqlConditions.first(":id"), DeadLetterSqlConditions.exist("i.id"), "i.id = :id");
    private static final String PAGE = FRAME.formatted(
            "NULL::bigint", DeadLetterSqlConditions.exist("i.id"), "%s ORDER BY i.service, i.id LIMIT :limit");

    /** Statement without the largest members, so that a service with large declarations fits into memory. */
    private static final String OUTLINE = BY_SERVICE.replace("declaration::text", SMALL_DECLARATION);

    private static final String BY_IDS =
            BY_SERVICE.replace("WHERE service = :service", "WHERE service = :service AND id = ANY(:ids)");

    private static final String MATCHING = """
            SELECT mark.position AS mark, found.id
            FROM (%s) mark
            LEFT JOIN %s found
                   ON found.service = :service AND found.declaration @> CAST(:wanted AS jsonb)""".formatted(MARK, ModelTable.INSTANCES);

    /**
     * Position of a service's first dead letter. A registration that is a dead letter has no row in {@code instances};
     * the audit, which is folded independently, knows its service.
     */
    private static final String FIRST_PARKED =
            """
            SELECT min(p.position) AS position FROM %s p
            WHERE p.projection = 'instances' AND p.position <= :up_to
              AND (EXISTS (SELECT FROM %s i WHERE i.id = p.instance_id AND i.service = :service)
                   OR EXISTS (SELECT FROM %s a WHERE a.position = p.position AND a.service = :service))
            """.formatted(ModelTable.PARKED_FACTS, ModelTable.INSTANCES, ModelTable.AUDIT);

    private final Database database;
    private final PositionedRowReader rows;

    public InstanceReader(Database database, InstanceRowMapper rowMapper) {
        this.database = database;
        this.rows = new PositionedRowReader(database, rowMapper);
    }

    /**
     * Returns the instance with an id.
     *
     * @return fails with {@code not_yet_visible} if a fact about the instance is a dead letter
     */
    public Mono<PositionedResult<Optional<InstanceView>>> one(String id) {
        return rows.one(BY_ID, id, sql -> sql.bind("id", id));
    }

    /**
     * Returns all present instances of a service without dead letters, ordered by id, without the time of the last
     * observation.
     *
     * @return fails with {@code answer_too_large} if the declarations exceed the limit of one read
     */
    public Mono<PositionedResult<List<InstanceView>>> ofService(String service) {
        // Discovery caches the result, so equal values are shared; the results of other reads are short-lived.
        return rows.read(BY_SERVICE, sql -> sql.bind("service", service))
                .map(result -> result.map(InstanceInterner::internAll));
    }

    /**
     * Returns all present instances of a service without dead letters, ordered by id, without metadata, tags and
     * checks.
     */
    Mono<PositionedResult<List<InstanceView>>> outlineOf(String service) {
        return rows.read(OUTLINE, sql -> sql.bind("service", service))
                .map(result -> result.map(InstanceInterner::internAll));
    }

    /**
     * Returns the ids of the instances of a service whose declaration contains a JSON object.
     *
     * @param wanted JSON object; matches like PostgreSQL's operator {@code @>}
     */
    Mono<PositionedResult<Set<String>>> idsOf(String service, String wanted) {
        return database.run(client -> client.sql(MATCHING)
                .bind("service", service)
                .bind("wanted", wanted)
                .map(row -> id(PrefixedColumns.of(row)))
                .all()
                .collectList()
                .map(rows -> PositionedResult.combine(rows).map(Set::copyOf)));
    }

    private static PositionedResult<Optional<String>> id(PrefixedColumns row) {
        return new PositionedResult<>(
                row.isMissing("id") ? Optional.empty() : Optional.of(row.text("id")), row.number("mark"));
    }

    /**
     * Returns the instances of a service that have one of the ids, ordered by id, without the time of the last
     * observation.
     *
     * @return fails with {@code answer_too_large} if the declarations exceed the limit of one read
     */
    Mono<PositionedResult<List<InstanceView>>> findByIds(String service, Collection<String> ids) {
        return rows.read(BY_IDS, sql -> sql.bind("service", service).bind("ids", ids.toArray(new String[0])));
    }

    /**
     * Completes if a list of the service reflects all facts up to a position.
     *
     * @param service null for all services: a dead letter doesn't prevent a list of all services, which marks the
     * instance
     * @param upTo 0 if the caller requires no position
     * @return fails with {@code not_yet_visible} if a fact about the service up to the position is a dead letter
     */
    Mono<Void> requireFolded(@Nullable String service, long upTo) {
        return service == null || upTo == 0
                ? Mono.empty()
                : rows.requireNone(
                        FIRST_PARKED,
                        service,
                        sql -> sql.bind("service", service).bind("up_to", upTo));
    }

    /**
     * Returns at most {@code limit} instances after a cursor, ordered by service and id.
     *
     * @param service null for all services
     * @param after last instance of the previous page, or {@link InstanceCursor#START}
     */
    public Mono<PositionedResult<Page<InstanceView>>> page(@Nullable String service, InstanceCursor after, int limit) {
        return page(InstanceFilter.ofService(service), after, limit);
    }

    /**
     * Returns at most {@code limit} matching instances after a cursor, ordered by service and id.
     *
     * @param after last instance of the previous page, or {@link InstanceCursor#START}
     */
    Mono<PositionedResult<Page<InstanceView>>> page(InstanceFilter filter, InstanceCursor after, int limit) {
        // One row more than the limit shows whether there is a next page.
        var page = new InstancePageCondition(filter, after, limit + 1);
        return rows.page(PAGE.formatted(page.where()), sql -> sql.bindValues(page.values()), limit);
    }
}
