package dev.aicore.discovery.query.consistency;

import dev.aicore.discovery.query.consistency.AsOfLookup.Mark;
import dev.aicore.discovery.readmodel.ModelTable;
import dev.aicore.discovery.readmodel.database.Database;
import dev.aicore.discovery.readmodel.database.PositionedResult;
import dev.aicore.discovery.readmodel.database.PrefixedColumns;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient.GenericExecuteSpec;
import reactor.core.publisher.Mono;

/**
 * Finds points in time in the store. The audit holds the time at which each fact was recorded; its times never
 * decrease.
 */
final class AsOfReader {

    /**
     * Statement for the store's clock. An append acquires its lock on the table {@code head} before it reads the clock,
     * and releases the lock at commit. Times are truncated to milliseconds, like those of events.
     */
    private static final String STORE_CLOCK = """
            SELECT date_trunc('milliseconds', now()) AS clock,
                   (SELECT recorded_at FROM store.head WHERE isfinite(recorded_at)) AS last_recorded,
                   (SELECT min(coalesce(date_trunc('milliseconds', a.xact_start), 'epoch'))
                    FROM pg_locks l LEFT JOIN pg_stat_activity a ON a.pid = l.pid
                    WHERE l.relation = 'store.head'::regclass AND l.mode = 'RowExclusiveLock' AND l.granted
                      AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())) AS oldest_append
            """;

    /** Statement for a point in time. Facts up to it are settled if all facts are folded, or a later one is. */
    private static final String LOOKUP =
            "WITH complete AS (" + AuditedReads.COMPLETE + ")" + """
            SELECT complete.position AS mark, greatest(complete.position, head.position) AS head, coalesce(facts.position, 0) AS last_fact,
                   complete.position >= coalesce(facts.position, 0) OR coalesce(%%s, false) AS settled,
                   first.position AS first_position, first.at AS first_at,
                   last.position AS last_position, last.at AS last_at
            FROM complete
            CROSS JOIN (SELECT max(position) AS position FROM store.head) head
            CROSS JOIN (SELECT max(position) AS position FROM store.facts) facts
            LEFT JOIN (SELECT position, recorded_at AS at FROM store.facts ORDER BY position LIMIT 1) first ON true
            LEFT JOIN LATERAL (
                SELECT position, at FROM %s a WHERE a.position <= complete.position AND %%s LIMIT 1
            ) last ON true
            """.formatted(ModelTable.AUDIT);

    private static final String AS_OF_POSITION =
            LOOKUP.formatted("complete.position >= :position", "a.position <= :position ORDER BY a.position DESC");

    private static final String AS_OF_INSTANT =
            LOOKUP.formatted("complete.at > :at", "a.at <= :at ORDER BY a.at DESC, a.position DESC");

    private final Database database;

    AsOfReader(Database database) {
        this.database = database;
    }

    Mono<StoreClockState> readClock() {
        return database.run(client -> client.sql(STORE_CLOCK)
                .map(row -> new StoreClockState(
                        PrefixedColumns.of(row).instant("clock"),
                        PrefixedColumns.of(row).instantOrNull("last_recorded"),
                        PrefixedColumns.of(row).instantOrNull("oldest_append")))
                .one());
    }

    Mono<PositionedResult<AsOfLookup>> ofPosition(long position) {
        return read(AS_OF_POSITION, sql -> sql.bind("position", position));
    }

    Mono<PositionedResult<AsOfLookup>> ofInstant(Instant at) {
        return read(AS_OF_INSTANT, sql -> sql.bind("at", at.atOffset(ZoneOffset.UTC)));
    }

    private Mono<PositionedResult<AsOfLookup>> read(String sql, UnaryOperator<GenericExecuteSpec> bind) {
        return database.run(client -> bind.apply(client.sql(sql))
                .map(row -> toLookup(PrefixedColumns.of(row)))
                .one());
    }

    private static PositionedResult<AsOfLookup> toLookup(PrefixedColumns row) {
        var asOfLookup = new AsOfLookup(
                row.number("head"),
                row.number("last_fact"),
                row.bool("settled"),
                mark(new PrefixedColumns(row.row(), "first_")),
                mark(new PrefixedColumns(row.row(), "last_")));
        return new PositionedResult<>(asOfLookup, row.number("mark"));
    }

    private static @Nullable Mark mark(PrefixedColumns row) {
        return row.isMissing("position") ? null : new Mark(row.number("position"), row.instant("at"));
    }
}
