package dev.aicore.discovery.query.discovery;

import dev.aicore.discovery.api.health.BreakerState;
import dev.aicore.discovery.query.consistency.AuditedReads;
import dev.aicore.discovery.readmodel.ModelTable;
import dev.aicore.discovery.readmodel.database.Database;
import dev.aicore.discovery.readmodel.database.PositionedResult;
import dev.aicore.discovery.readmodel.database.PrefixedColumns;
import dev.aicore.discovery.readmodel.discovery.PickBatch;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** Reads the persisted picks of a service from all nodes, and the connection counts of its instances. */
final class PickStatsReader {

    /** Statement that yields at least one row, so that the position is known even if nothing was counted. */
    private static final String OF_SERVICE = """
            WITH present AS (
                SELECT i.id, i.breaker, seen.active_connections, seen.connections_at
                FROM %s i
                LEFT JOIN %s seen
                       ON seen.shard = i.shard AND seen.slot = i.slot AND seen.connections_position > i.slot_position
                WHERE i.service = :service
            ), counted AS (
                SELECT instance_id, strategy, picks FROM %s WHERE service = :service
            )
            SELECT mark.position AS mark, coalesce(written.number, 0) AS written, known.since,
                   coalesce(known.reset_position, 0) AS reset_position, found.*
            FROM (%s) mark
            LEFT JOIN %s written ON written.node = :node
            LEFT JOIN %s known ON known.service = :service
            LEFT JOIN (
                SELECT coalesce(present.id, counted.instance_id) AS id, counted.strategy, counted.picks,
                       present.breaker, present.active_connections, present.connections_at
                FROM present FULL JOIN counted ON counted.instance_id = present.id
            ) found ON true
            ORDER BY found.id, found.strategy
            """.formatted(
                    ModelTable.INSTANCES,
                    ModelTable.LAST_SEEN,
                    ModelTable.PICKS,
                    AuditedReads.COMPLETE,
                    ModelTable.PICK_FLUSHES,
                    ModelTable.PICKED_SERVICES);

    private final Database database;
    private final String node;

    /**
     * Creates a reader.
     *
     * @param node id under which this process persists its picks
     */
    PickStatsReader(Database database, String node) {
        this.database = database;
        this.node = node;
    }

    /**
     * Persisted statistics of a service.
     *
     * @param written number of this node's last persisted batch; 0 for none
     * @param since time at which counting began; null if nothing was counted
     * @param reset position of the last reset; 0 for none
     * @param rows ordered by id and strategy
     */
    record StoredPicks(long written, @Nullable Instant since, long reset, List<Row> rows) {}

    /**
     * Picks of an instance by one strategy.
     *
     * @param id {@link PickBatch#UNATTRIBUTED} for picks that aren't attributed to an instance
     * @param strategy null if the instance was never picked; then {@code picks} is 0
     * @param breaker null if the instance is gone
     * @param connections null if the instance never reported any
     * @param connectionsAt null if the instance never reported any
     */
    record Row(
            String id,
            @Nullable String strategy,
            long picks,
            @Nullable BreakerState breaker,
            @Nullable Integer connections,
            @Nullable Instant connectionsAt) {}

    /** Returns the statistics of a service. Fails with {@code store_unavailable}. */
    Mono<PositionedResult<StoredPicks>> ofService(String service) {
        return database.run(client -> client.sql(OF_SERVICE)
                .bind("service", service)
                .bind("node", node)
                .map(row -> read(PrefixedColumns.of(row)))
                .all()
                .collectList()
                .map(PickStatsReader::combine));
    }

    private static PositionedResult<StoredPicks> read(PrefixedColumns row) {
        var rows = row.isMissing("id") ? List.<Row>of() : List.of(instance(row));
        return new PositionedResult<>(
                new StoredPicks(row.number("written"), row.instantOrNull("since"), row.number("reset_position"), rows),
                row.number("mark"));
    }

    private static Row instance(PrefixedColumns row) {
        boolean picked = !row.isMissing("strategy");
        return new Row(
                row.text("id"),
                row.textOrNull("strategy"),
                picked ? row.number("picks") : 0,
                row.isMissing("breaker") ? null : BreakerState.of(row.text("breaker")),
                row.isMissing("active_connections") ? null : row.integer("active_connections"),
                row.instantOrNull("connections_at"));
    }

    private static PositionedResult<StoredPicks> combine(List<PositionedResult<StoredPicks>> read) {
        var rows = read.stream().flatMap(row -> row.rows().rows().stream()).toList();
        return read.getFirst().map(first -> new StoredPicks(first.written(), first.since(), first.reset(), rows));
    }
}
