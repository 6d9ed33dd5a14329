package dev.aicore.discovery.query.access;

import dev.aicore.discovery.api.access.AccessDenialsView.AccessDenial;
import dev.aicore.discovery.readmodel.ModelTable;
import dev.aicore.discovery.readmodel.database.Database;
import dev.aicore.discovery.readmodel.database.PrefixedColumns;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import reactor.core.publisher.Mono;

/** Reads counts of denied requests, summed over nodes. */
final class DenialsReader {

    private static final String PAGE = """
            SELECT minute, who, route, code, CAST(sum(denied) AS bigint) AS denied
            FROM %s
            WHERE minute >= :from AND minute <= :to
            AND (minute < :last OR (minute = :last AND (who, route, code) > (:who, :route, :code)))
            GROUP BY minute, who, route, code
            ORDER BY minute DESC, who, route, code LIMIT :limit
            """.formatted(ModelTable.DENIALS);

    private final Database database;

    DenialsReader(Database database) {
        this.database = database;
    }

    /** Returns at most {@code limit} rows after a cursor, newest first. */
    Mono<List<AccessDenial>> page(Instant from, Instant to, DenialCursor behind, int limit) {
        return database.run(client -> client.sql(PAGE)
                .bind("from", utc(from))
                .bind("to", utc(to))
                .bind("last", utc(behind.minute()))
                .bind("who", behind.who())
                .bind("route", behind.route())
                .bind("code", behind.code())
                .bind("limit", limit)
                .map(row -> denied(PrefixedColumns.of(row)))
                .all()
                .collectList());
    }

    private static AccessDenial denied(PrefixedColumns row) {
        return new AccessDenial(
                row.instant("minute"), row.text("who"), row.text("route"), row.text("code"), row.number("denied"));
    }

    private static OffsetDateTime utc(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
