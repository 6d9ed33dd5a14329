package dev.aicore.discovery.query.watching;

import dev.aicore.discovery.api.instance.InstanceView;
import dev.aicore.discovery.api.watching.InstanceChangeView;
import dev.aicore.discovery.query.instance.DeadLetterSqlConditions;
import dev.aicore.discovery.query.instance.InstanceRowMapper;
import dev.aicore.discovery.query.watching.ChangePoller.ChangePollResult;
import dev.aicore.discovery.query.watching.ChangeSource.WatchSnapshot;
import dev.aicore.discovery.readmodel.ModelTable;
import dev.aicore.discovery.readmodel.database.Database;
import dev.aicore.discovery.readmodel.database.PrefixedColumns;
import dev.aicore.discovery.readmodel.database.ReadMemoryLimit;
import dev.aicore.discovery.readmodel.database.ReadMemoryLimit.LargeReadLimit;
import java.util.List;
import java.util.Optional;
import reactor.core.publisher.Mono;

/**
 * Reads changes of services. Rows of a lower position may appear after rows of a higher one, because different
 * instances are folded concurrently. So nothing is read beyond the watermark, below which all rows are present.
 */
final class ChangeReader implements ChangeSource {

    private static final String STATE = """
            %1$s.id, %1$s.namespace, %1$s.owner, %1$s.declaration::text AS declaration, %1$s.declaration_version,
            %1$s.declared, %1$s.lease, %1$s.health, %1$s.breaker, %1$s.registered_at, %1$s.updated_at""";

    /** Changes of services. A dead letter changes its service as well: the instance is no longer reported. */
    private static final String CHANGED =
            """
            (SELECT service, from_position FROM %s
             UNION ALL
             SELECT i.service, p.position FROM %s p JOIN %s i ON i.id = p.instance_id
             WHERE p.projection = 'instances') changed_at""".formatted(ModelTable.INSTANCE_VERSIONS, ModelTable.PARKED_FACTS, ModelTable.INSTANCES);

    private static final String VERSION_BEFORE = """
            SELECT * FROM %s p
            WHERE p.id = v.id AND p.from_position < v.from_position ORDER BY p.from_position DESC LIMIT 1""".formatted(ModelTable.INSTANCE_VERSIONS);

    private static final String CHANGES = """
            SELECT %s, v.from_position AS position, v.from_at, v.gone,
                   coalesce((SELECT before.gone IS NULL FROM (%s) before), false) AS was_present
            FROM %s v
            WHERE v.service = :service AND v.from_position > :after AND v.from_position <= :up_to
            UNION ALL
            SELECT %s, p.position, f.recorded_at, 'parked', true
            FROM (SELECT instance_id, min(position) AS position FROM %s
                  WHERE projection = 'instances' GROUP BY instance_id) p
            JOIN %s i ON i.id = p.instance_id
            JOIN store.facts f ON f.position = p.position
            WHERE i.service = :service AND p.position > :after AND p.position <= :up_to
            ORDER BY position LIMIT :limit
            """.formatted(
                    STATE.formatted("v"),
                    VERSION_BEFORE,
                    ModelTable.INSTANCE_VERSIONS,
                    STATE.formatted("i"),
                    ModelTable.PARKED_FACTS,
                    ModelTable.INSTANCES);

    /**
     * Statement for the state at a position. Instances that changed after the position are read as they were before.
     * Yields at least one row, so that the index is known.
     */
    private static final String SNAPSHOT = """
            SELECT last.index_position, found.*
            FROM (
                SELECT coalesce(max(from_position), 0) AS index_position FROM %s
                WHERE service = :service AND from_position <= :up_to
            ) last
            LEFT JOIN (
                SELECT %s, i.position FROM %s i
                WHERE i.service = :service AND i.position <= :up_to AND NOT %s
                UNION ALL
                SELECT %s, before.from_position AS position
                FROM %s v
                JOIN LATERAL (%s) before ON before.from_position <= :up_to AND before.gone IS NULL
                WHERE v.service = :service AND v.from_position > :up_to
            ) found ON true
            ORDER BY found.id
            """.formatted(
                    ModelTable.INSTANCE_VERSIONS,
                    STATE.formatted("i"),
                    ModelTable.INSTANCES,
                    DeadLetterSqlConditions.exist("i.id", ":up_to"),
                    STATE.formatted("before"),
                    ModelTable.INSTANCE_VERSIONS,
                    VERSION_BEFORE);

    private final Database database;
    private final ChangePollReader poller;
    private final InstanceRowMapper rowMapper;
    private final LargeReadLimit large = new LargeReadLimit();

    ChangeReader(Database database, InstanceRowMapper rowMapper) {
        this.database = database;
        this.poller = new ChangePollReader(database, "instances", CHANGED);
        this.rowMapper = rowMapper;
    }

    @Override
    public Mono<ChangePollResult> mark() {
        return poller.mark();
    }

    @Override
    public Mono<ChangePollResult> changed(long after) {
        return poller.changed(after);
    }

    @Override
    public Mono<Long> lastPosition() {
        return poller.lastPosition();
    }

    @Override
    public Mono<List<InstanceChangeView>> changes(String service, long after, long upTo, int limit) {
        return database.run(client -> client.sql(CHANGES)
                .bind("service", service)
                .bind("after", after)
                .bind("up_to", upTo)
                .bind("limit", limit)
                .map(row -> change(service, PrefixedColumns.of(row)))
                .all()
                .collectList());
    }

    @Override
    public Mono<WatchSnapshot> snapshot(String service, long upTo) {
        return Mono.using(
                () -> rowMapper.limit(large),
                limit -> database.run(client -> client.sql(SNAPSHOT)
                        .bind("service", service)
                        .bind("up_to", upTo)
                        .map(row -> present(PrefixedColumns.of(row), limit))
                        .all()
                        .doOnNext(_ -> limit.require())
                        .collectList()
                        .map(rows -> snapshot(upTo, rows))),
                ReadMemoryLimit::close);
    }

    private record Present(long index, Optional<InstanceView> instance) {}

    private Present present(PrefixedColumns row, ReadMemoryLimit limit) {
        return new Present(
                row.number("index_position"),
                row.isMissing("id")
                        ? Optional.empty()
                        : Optional.of(rowMapper.read(row, row.number("position"), null, limit)));
    }

    private static WatchSnapshot snapshot(long position, List<Present> rows) {
        return new WatchSnapshot(
                position,
                rows.getFirst().index(),
                rows.stream().flatMap(row -> row.instance().stream()).toList());
    }

    private InstanceChangeView change(String service, PrefixedColumns row) {
        var departure = row.textOrNull("gone");
        var type = departure != null
                ? InstanceChangeView.Type.GONE
                : row.bool("was_present") ? InstanceChangeView.Type.CHANGED : InstanceChangeView.Type.REGISTERED;
        return new InstanceChangeView(
                service,
                row.number("position"),
                row.instant("from_at"),
                type,
                row.text("id"),
                departure == null ? view(row) : null,
                departure);
    }

    private InstanceView view(PrefixedColumns row) {
        return rowMapper.read(row, row.number("position"), null);
    }
}
