package dev.aicore.discovery.query.instance;

import dev.aicore.discovery.api.instance.InstanceView;
import dev.aicore.discovery.config.web.Json;
import dev.aicore.discovery.query.database.Columns;
import dev.aicore.discovery.query.database.Database;
import dev.aicore.discovery.query.database.Marked;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.springframework.r2dbc.core.DatabaseClient.GenericExecuteSpec;
import reactor.core.publisher.Mono;

/** Reads the instances that are present: registered, and neither removed nor deregistered. */
public final class InstanceReader {

    /** What {@code Visibility} has to wait for on behalf of these reads. */
    public static final Set<String> PROJECTIONS = Set.of("instances");

    /** One row at least, so that the position is there even if no instance is. */
    private static final String FRAME = """
            SELECT mark.position AS mark, found.*
            FROM (SELECT coalesce(max(position), 0) AS position FROM models.watermarks WHERE projection = 'instances') mark
            LEFT JOIN (
                SELECT i.id, i.service, i.namespace, i.owner, i.declaration::text AS declaration, i.declaration_version,
                       i.declared, i.lease, i.health, i.breaker, i.registered_at, i.updated_at, i.position,
                       seen.observed_at
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
                       NULL::timestamptz AS observed_at
                FROM models.instances WHERE service = :service
            ) found ON true
            ORDER BY found.id
            """;

    private static final String ONE = FRAME.formatted("i.id = :id");
    private static final String PAGE = FRAME.formatted("%s ORDER BY i.service, i.id LIMIT :limit");
    private static final String BEHIND = "(i.service, i.id) > (:service, :id)";
    private static final String BEHIND_OF_SERVICE = "i.service = :service AND i.id > :id";
    private static final String IN_STATE =
            " AND concat_ws(' ', i.declared, i.lease, i.health, i.breaker) = ANY(:states)";
    private static final String DECLARED = " AND i.declaration @> CAST(:declared AS jsonb)";

    private final Database database;
    private final InstanceColumns columns;

    public InstanceReader(Database database, InstanceColumns columns) {
        this.database = database;
        this.columns = columns;
    }

    /** The instance of this id. */
    public Mono<Marked<Optional<InstanceView>>> one(String id) {
        return read(ONE, sql -> sql.bind("id", id))
                .map(found -> found.map(rows -> rows.stream().findFirst()));
    }

    /** All present instances of a service, ordered by id; when they were last heard isn't told. */
    public Mono<Marked<List<InstanceView>>> ofService(String service) {
        return read(OF_SERVICE, sql -> sql.bind("service", service));
    }

    /**
     * At most {@code limit} of the selected instances behind a place in the order of service and id.
     *
     * @param after the last one of the page before, or {@link Place#START}
     */
    Mono<Marked<List<InstanceView>>> page(Selection wanted, Place after, int limit) {
        var where = new StringBuilder(wanted.service() == null ? BEHIND : BEHIND_OF_SERVICE);
        var values = new LinkedHashMap<String, Object>();
        values.put("service", wanted.service() == null ? after.service() : wanted.service());
        values.put("id", after.id());
        values.put("limit", limit);
        if (!wanted.statuses().isEmpty()) {
            where.append(IN_STATE);
            values.put("states", wanted.states().toArray(String[]::new));
        }
        if (!wanted.declared().isEmpty()) {
            where.append(DECLARED);
            values.put("declared", Json.mapper().writeValueAsString(wanted.declared()));
        }
        return read(PAGE.formatted(where), sql -> sql.bindValues(values));
    }

    private Mono<Marked<List<InstanceView>>> read(String sql, UnaryOperator<GenericExecuteSpec> bind) {
        return database.run(client -> bind.apply(client.sql(sql))
                .map(row -> row(Columns.of(row)))
                .all()
                .collectList()
                .map(InstanceReader::together));
    }

    private Marked<Optional<InstanceView>> row(Columns row) {
        return new Marked<>(
                row.isMissing("id")
                        ? Optional.empty()
                        : Optional.of(columns.read(row, row.number("position"), row.instantOrNull("observed_at"))),
                row.number("mark"));
    }

    private static Marked<List<InstanceView>> together(List<Marked<Optional<InstanceView>>> rows) {
        var instances = rows.stream().flatMap(row -> row.rows().stream()).toList();
        return new Marked<>(instances, rows.getFirst().position());
    }
}
