package dev.aicore.discovery.query.discovery;

import dev.aicore.discovery.readmodel.ModelTable;
import dev.aicore.discovery.readmodel.WatermarkSql;
import dev.aicore.discovery.readmodel.database.Database;
import dev.aicore.discovery.readmodel.database.PrefixedColumns;
import java.util.Map;
import reactor.core.publisher.Mono;

/** Reads the connection counts that instances last reported. */
final class ConnectionCountReader implements ConnectionCountSource {

    private static final int MAX_ROWS = 20_000;

    private static final String MARK = WatermarkSql.positionOf("last_seen");

    /**
     * Statement for reports after a position. Slots are reused, so a report from before the instance occupied its slot
     * belongs to another instance. Returns all rows of an event or none.
     */
    private static final String REPORTS_AFTER = """
            SELECT i.service, i.id, seen.active_connections, seen.connections_at, seen.connections_position AS position
            FROM unnest(CAST(:services AS text[]), CAST(:positions AS bigint[])) AS asked (service, position)
            JOIN %s i ON i.service = asked.service
            JOIN %s seen ON seen.shard = i.shard AND seen.slot = i.slot
            WHERE seen.connections_position > greatest(asked.position, i.slot_position)
            ORDER BY seen.connections_position FETCH FIRST (:most) ROWS WITH TIES
            """.formatted(ModelTable.INSTANCES, ModelTable.LAST_SEEN);

    private final Database database;
    private final int maxRows;

    ConnectionCountReader(Database database) {
        this(database, MAX_ROWS);
    }

    ConnectionCountReader(Database database, int maxRows) {
        this.database = database;
        this.maxRows = maxRows;
    }

    @Override
    public Mono<Long> readMark() {
        return database.run(client -> client.sql(MARK)
                .map(row -> PrefixedColumns.of(row).number("position"))
                .one());
    }

    @Override
    public Mono<Reports> readAfter(Map<String, Long> positions, long mark) {
        return database.run(client -> client.sql(REPORTS_AFTER)
                .bind("services", positions.keySet().toArray(String[]::new))
                .bind("positions", positions.values().toArray(Long[]::new))
                .bind("most", maxRows)
                .map(row -> report(PrefixedColumns.of(row)))
                .all()
                .collectList()
                .map(found -> new Reports(
                        found, found.size() < maxRows ? mark : found.getLast().position())));
    }

    private static Report report(PrefixedColumns row) {
        return new Report(
                row.text("service"),
                row.text("id"),
                row.integer("active_connections"),
                row.instant("connections_at"),
                row.number("position"));
    }
}
