package dev.aicore.discovery.query.instance;

import dev.aicore.discovery.api.instance.InstanceInterner;
import dev.aicore.discovery.api.instance.InstanceView;
import dev.aicore.discovery.query.database.Database;
import dev.aicore.discovery.query.database.PositionedResult;
import dev.aicore.discovery.query.database.PrefixedColumns;
import dev.aicore.discovery.web.Page;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** Reads the instances that are present: registered, and neither removed nor deregistered. */
public final class InstanceReader {

    /** What {@code ReadYourWritesBarrier} has to wait for on behalf of these reads. */
    public static final Set<String> PROJECTIONS = Set.of("instances");

    /** A declaration without what may be kilobytes. */
    static final String LITTLE = """
            ((declaration - 'health_check') || '{"metadata": {}, "tags": []}')::text""";

    /** One row at least, so that the position is there even if no instance is. */
    private static final String FRAME = """
            SELECT mark.position AS mark, %s AS waits_from, found.*
            FROM (SELECT coalesce(max(position), 0) AS position FROM models.watermarks WHERE projection = 'instances') mark
            LEFT JOIN (
                SELECT i.id, i.service, i.namespace, i.owner, i.declaration::text AS declaration, i.declaration_version,
                       i.declared, i.lease, i.health, i.breaker, i.registered_at, i.updated_at, i.position,
                       seen.observed_at, %s AS parked
                FROM models.instances i
                LEFT JOIN models.last_seen seen
                       ON seen.shard = i.shard AND seen.slot = i.slot AND seen.position > i.slot_position
                WHERE %s
            ) found ON true
            ORDER BY found.service, found.id
            """;

    /** When instances were last heard is none of its columns: whoever discovers doesn't ask, and it would cost a join. */
    private static final String OF_SERVICE = """
            SELECT mark.position AS mark, found.*
            FROM (SELECT coalesce(max(position), 0) AS position FROM models.watermarks WHERE projection = 'instances') mark
            LEFT JOIN (
                SELECT id, service, namespace, owner, declaration::text AS declaration, declaration_version,
                       declared, lease, health, breaker, registered_at, updated_at, position,
                       NULL::timestamptz AS observed_at, false AS parked
                FROM models.instances i WHERE service = :service AND NOT %s
            ) found ON true
            ORDER BY found.id
            """.formatted(DeadLetterConditions.exist("i.id"));

    private static final String ONE =
            FRAME.formatted(DeadLetterConditions.first(":id"), DeadLetterConditions.exist("i.id"), "i.id = :id");
    private static final String PAGE = FRAME.formatted(
            "NULL::bigint", DeadLetterConditions.exist("i.id"), "%s ORDER BY i.service, i.id LIMIT :limit");

    /** What weighs most is left out, so that a service fits that is large by what its instances say. */
    private static final String OUTLINE = OF_SERVICE.replace("declaration::text", LITTLE);

    private static final String SOME =
            OF_SERVICE.replace("WHERE service = :service", "WHERE service = :service AND id = ANY(:ids)");

    private static final String MATCHING = """
            SELECT mark.position AS mark, found.id
            FROM (SELECT coalesce(max(position), 0) AS position FROM models.watermarks WHERE projection = 'instances') mark
            LEFT JOIN models.instances found
                   ON found.service = :service AND found.declaration @> CAST(:wanted AS jsonb)""";

    /** A registration that is parked left no instance; the audit, which is folded by itself, knows its service. */
    private static final String FIRST_PARKED = """
            SELECT min(p.position) AS position FROM models.parked_facts p
            WHERE p.projection = 'instances' AND p.position <= :up_to
              AND (EXISTS (SELECT FROM models.instances i WHERE i.id = p.instance_id AND i.service = :service)
                   OR EXISTS (SELECT FROM models.audit a WHERE a.position = p.position AND a.service = :service))
            """;

    private final Database database;
    private final PositionedRowReader rows;

    public InstanceReader(Database database, InstanceRowMapper rowMapper) {
        this.database = database;
        this.rows = new PositionedRowReader(database, rowMapper);
    }

    /**
     * The instance of this id.
     *
     * @return fails with {@code not_yet_visible} if a fact about it is parked
     */
    public Mono<PositionedResult<Optional<InstanceView>>> one(String id) {
        return rows.one(ONE, id, sql -> sql.bind("id", id));
    }

    /**
     * All present instances of a service without parked facts, ordered by id; when they were last heard isn't told.
     *
     * @return fails with {@code answer_too_large} if they say more than may be read at once
     */
    public Mono<PositionedResult<List<InstanceView>>> ofService(String service) {
        // Whoever discovers keeps them; what the others read is answered and gone.
        return rows.read(OF_SERVICE, sql -> sql.bind("service", service))
                .map(result -> result.map(InstanceInterner::among));
    }

    /** The same without their metadata, tags and checks. */
    Mono<PositionedResult<List<InstanceView>>> outlineOf(String service) {
        return rows.read(OUTLINE, sql -> sql.bind("service", service))
                .map(result -> result.map(InstanceInterner::among));
    }

    /**
     * The ids of those instances of a service whose declaration contains what is wanted.
     *
     * @param wanted a JSON object, which matches as {@code @>} of PostgreSQL does
     */
    Mono<PositionedResult<Set<String>>> idsOf(String service, String wanted) {
        return database.run(client -> client.sql(MATCHING)
                .bind("service", service)
                .bind("wanted", wanted)
                .map(row -> id(PrefixedColumns.of(row)))
                .all()
                .collectList()
                .map(rows -> PositionedResult.together(rows).map(Set::copyOf)));
    }

    private static PositionedResult<Optional<String>> id(PrefixedColumns row) {
        return new PositionedResult<>(
                row.isMissing("id") ? Optional.empty() : Optional.of(row.text("id")), row.number("mark"));
    }

    /**
     * Those instances of a service that have these ids, ordered by id; when they were last heard isn't told.
     *
     * @return fails with {@code answer_too_large} if they say more than may be read at once
     */
    Mono<PositionedResult<List<InstanceView>>> some(String service, Collection<String> ids) {
        return rows.read(SOME, sql -> sql.bind("service", service).bind("ids", ids.toArray(new String[0])));
    }

    /**
     * Completes if a list of the service may answer whoever wants to see that position.
     *
     * @param service null for all: a fact that is parked keeps nobody from a list of everything, which marks it
     * @param upTo 0 if the caller takes whatever there is
     * @return fails with {@code not_yet_visible} if a fact about the service up to there is parked
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
     * At most {@code limit} of the selected instances behind a place in the order of service and id.
     *
     * @param after the last one of the page before, or {@link InstanceCursor#START}
     */
    Mono<PositionedResult<Page<InstanceView>>> page(InstanceFilter filter, InstanceCursor after, int limit) {
        // One more than asked for tells whether there is a next page.
        var page = new PageFilter(filter, after, limit + 1);
        return rows.page(PAGE.formatted(page.where()), sql -> sql.bindValues(page.values()), limit);
    }
}
