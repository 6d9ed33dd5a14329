package dev.aicore.discovery.query.instance;

import dev.aicore.discovery.api.instance.InstanceView;
import dev.aicore.discovery.api.instance.Sharing;
import dev.aicore.discovery.query.database.Database;
import dev.aicore.discovery.query.database.Marked;
import java.util.List;
import java.util.Optional;
import java.util.Set;
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

    private final MarkedReader rows;

    public InstanceReader(Database database, InstanceColumns columns) {
        this.rows = new MarkedReader(database, columns);
    }

    /** The instance of this id. */
    public Mono<Marked<Optional<InstanceView>>> one(String id) {
        return rows.read(ONE, sql -> sql.bind("id", id))
                .map(found -> found.map(all -> all.stream().findFirst()));
    }

    /** All present instances of a service, ordered by id; when they were last heard isn't told. */
    public Mono<Marked<List<InstanceView>>> ofService(String service) {
        // Whoever discovers keeps them; what the others read is answered and gone.
        return rows.read(OF_SERVICE, sql -> sql.bind("service", service)).map(found -> found.map(Sharing::among));
    }

    /**
     * At most {@code limit} of the selected instances behind a place in the order of service and id.
     *
     * @param after the last one of the page before, or {@link Place#START}
     */
    Mono<Marked<List<InstanceView>>> page(Selection wanted, Place after, int limit) {
        var page = new PageFilter(wanted, after, limit);
        return rows.read(PAGE.formatted(page.where()), sql -> sql.bindValues(page.values()));
    }
}
