package dev.aicore.discovery.query.balancing;

import dev.aicore.discovery.api.instance.BreakerState;
import dev.aicore.discovery.query.database.Database;
import dev.aicore.discovery.query.database.PositionedResult;
import dev.aicore.discovery.query.database.PrefixedColumns;
import dev.aicore.discovery.query.watermark.AuditedReads;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** Reads what all nodes have written down of a service's picks, and what its instances say of their connections. */
final class PickStatsReader {

    /** One row at least, so that the position is there even if nothing was counted. */
    private static final String OF_SERVICE = """
            WITH present AS (
                SELECT i.id, i.breaker, seen.active_connections, seen.connections_at
                FROM models.instances i
                LEFT JOIN models.last_seen seen
                       ON seen.shard = i.shard AND seen.slot = i.slot AND seen.connections_position > i.slot_position
                WHERE i.service = :service
            ), counted AS (
                SELECT instance_id, strategy, picks FROM models.picks WHERE service = :service
            )
            SELECT mark.position AS mark, coalesce(written.number, 0) AS written, known.since,
                   coalesce(known.reset_position, 0) AS reset_position, found.*
            FROM (""" + AuditedReads.COMPLETE + """
            ) mark
            LEFT JOIN models.pick_flushes written ON written.node = :node
            LEFT JOIN models.picked_services known ON known.service = :service
            LEFT JOIN (
                SELECT coalesce(present.id, counted.instance_id) AS id, counted.strategy, counted.picks,
                       present.breaker, present.active_connections, present.connections_at
                FROM present FULL JOIN counted ON counted.instance_id = present.id
            ) found ON true
            ORDER BY found.id, found.strategy
            """;

    private final Database database;
    private final String node;

    /** @param node this process, as it calls itself when it writes */
    PickStatsReader(Database database, String node) {
        this.database = database;
        this.node = node;
    }

    /**
     * What is written down.
     *
     * @param written the last of this node's batches that is among it, 0 for none
     * @param since when counting began; null if it never did
     * @param reset position of the last reset, 0 for none
     * @param rows ordered by id and strategy
     */
    record StoredPicks(long written, @Nullable Instant since, long reset, List<Row> rows) {}

    /**
     * An instance, by one strategy.
     *
     * @param id {@link PickBatch#TOGETHER} for picks of none in particular
     * @param strategy null if the instance was never picked, and then there are no picks
     * @param breaker null if the instance has gone
     * @param connections null if it never said
     * @param connectionsAt null if it never said
     */
    record Row(
            String id,
            @Nullable String strategy,
            long picks,
            @Nullable BreakerState breaker,
            @Nullable Integer connections,
            @Nullable Instant connectionsAt) {}

    /** All of a service. Fails with {@code store_unavailable}. */
    Mono<PositionedResult<StoredPicks>> ofService(String service) {
        return database.run(client -> client.sql(OF_SERVICE)
                .bind("service", service)
                .bind("node", node)
                .map(row -> read(PrefixedColumns.of(row)))
                .all()
                .collectList()
                .map(PickStatsReader::together));
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

    private static PositionedResult<StoredPicks> together(List<PositionedResult<StoredPicks>> read) {
        var rows = read.stream().flatMap(row -> row.rows().rows().stream()).toList();
        return read.getFirst().map(first -> new StoredPicks(first.written(), first.since(), first.reset(), rows));
    }
}
