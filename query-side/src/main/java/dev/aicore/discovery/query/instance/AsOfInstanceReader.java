package dev.aicore.discovery.query.instance;

import dev.aicore.discovery.api.instance.InstanceView;
import dev.aicore.discovery.readmodel.ModelTable;
import dev.aicore.discovery.readmodel.database.Database;
import dev.aicore.discovery.readmodel.database.PositionedResult;
import dev.aicore.discovery.web.Page;
import java.util.List;
import java.util.Optional;
import reactor.core.publisher.Mono;

/**
 * Reads the instances that were present at a position which the read models reflect. The time of the last observation
 * is omitted, because it is stored for the present only.
 */
public final class AsOfInstanceReader {

    private static final String AS_OF = """
            SELECT mark.position AS mark, %%s AS waits_from, found.*
            FROM (SELECT CAST(:position AS bigint) AS position) mark
            LEFT JOIN (
                SELECT i.id, i.service, i.namespace, i.owner, i.declaration::text AS declaration, i.declaration_version,
                       i.declared, i.lease, i.health, i.breaker, i.registered_at, i.updated_at,
                       i.from_position AS position, NULL::timestamptz AS observed_at, %%s AS parked
                FROM %s i
                WHERE i.from_position <= :position AND (i.to_position IS NULL OR i.to_position > :position)
                  AND i.gone IS NULL AND %%s
            ) found ON true
            ORDER BY found.service, found.id
            """.formatted(ModelTable.INSTANCE_VERSIONS);

    private static final String BY_ID = AS_OF.formatted(
            DeadLetterSqlConditions.first(":id", ":position"),
            DeadLetterSqlConditions.exist("i.id", ":position"),
            "i.id = :id");
    private static final String BY_SERVICE = AS_OF.formatted(
            "NULL::bigint",
            "false",
            "i.service = :service AND NOT " + DeadLetterSqlConditions.exist("i.id", ":position"));
    private static final String OUTLINE = BY_SERVICE.replace("i.declaration::text", InstanceReader.SMALL_DECLARATION);
    private static final String PAGE = AS_OF.formatted(
            "NULL::bigint",
            DeadLetterSqlConditions.exist("i.id", ":position"),
            "%s ORDER BY i.service, i.id LIMIT :limit");

    private final PositionedRowReader rows;

    public AsOfInstanceReader(Database database, InstanceRowMapper rowMapper) {
        this.rows = new PositionedRowReader(database, rowMapper);
    }

    /**
     * Returns the instance with an id.
     *
     * @return fails with {@code not_yet_visible} if a fact about the instance up to the position is a dead letter
     */
    public Mono<PositionedResult<Optional<InstanceView>>> one(String id, long position) {
        return rows.one(BY_ID, id, sql -> sql.bind("position", position).bind("id", id));
    }

    /**
     * Returns all instances of a service without dead letters up to the position, ordered by id; without metadata, tags
     * and checks.
     */
    public Mono<PositionedResult<List<InstanceView>>> outlineOf(String service, long position) {
        return rows.read(OUTLINE, sql -> sql.bind("position", position).bind("service", service));
    }

    /**
     * Returns all instances of a service without dead letters up to the position, ordered by id, with their complete
     * declarations.
     *
     * @return fails with {@code answer_too_large} if the declarations exceed the limit of one read
     */
    public Mono<PositionedResult<List<InstanceView>>> ofService(String service, long position) {
        return rows.read(BY_SERVICE, sql -> sql.bind("position", position).bind("service", service));
    }

    /**
     * Returns at most {@code limit} instances of all services after a cursor, ordered by service and id.
     *
     * @param after last instance of the previous page, or {@link InstanceCursor#START}
     */
    public Mono<PositionedResult<Page<InstanceView>>> page(InstanceCursor after, int limit, long position) {
        return page(InstanceFilter.ofService(null), after, limit, position);
    }

    /**
     * Returns at most {@code limit} matching instances after a cursor, ordered by service and id.
     *
     * @param after last instance of the previous page, or {@link InstanceCursor#START}
     */
    Mono<PositionedResult<Page<InstanceView>>> page(
            InstanceFilter filter, InstanceCursor after, int limit, long position) {
        // One row more than the limit shows whether there is a next page.
        var page = new InstancePageCondition(filter, after, limit + 1);
        return rows.page(
                PAGE.formatted(page.where()),
                sql -> sql.bind("position", position).bindValues(page.values()),
                limit);
    }
}
