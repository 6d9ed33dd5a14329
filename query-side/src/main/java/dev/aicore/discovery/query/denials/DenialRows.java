package dev.aicore.discovery.query.denials;

import dev.aicore.discovery.api.access.DenialsView.Denied;
import dev.aicore.discovery.config.access.Denials.Counted;
import dev.aicore.discovery.query.database.Columns;
import dev.aicore.discovery.query.database.Database;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.function.Function;
import reactor.core.publisher.Mono;

/** Denials as they are written down and read. */
final class DenialRows {

    /** A minute of a node once, however often it is sent. */
    private static final String ADD = """
            INSERT INTO models.denials (minute, node, who, route, code, denied)
            SELECT :minute, :node, given.* FROM unnest(
                CAST(:who AS text[]), CAST(:routes AS text[]), CAST(:codes AS text[]), CAST(:denied AS bigint[])) given
            ON CONFLICT DO NOTHING
            """;

    /** A bounded number at once, so that it never takes long. */
    private static final String FORGET = """
            DELETE FROM models.denials WHERE ctid = ANY(ARRAY(
                SELECT ctid FROM models.denials WHERE minute < :before LIMIT 10000))
            """;

    private static final String PAGE = """
            SELECT minute, who, route, code, CAST(sum(denied) AS bigint) AS denied
            FROM models.denials
            WHERE minute >= :from AND minute <= :to
            AND (minute < :last OR (minute = :last AND (who, route, code) > (:who, :route, :code)))
            GROUP BY minute, who, route, code
            ORDER BY minute DESC, who, route, code LIMIT :limit
            """;

    private final Database database;
    private final String node;

    /** @param node of all processes that ever ran, this one's own */
    DenialRows(Database database, String node) {
        this.database = database;
        this.node = node;
    }

    /**
     * Writes down one minute.
     *
     * @param counted all of it, one kind at least
     */
    Mono<Void> add(List<Counted> counted) {
        return database.run(client -> client.sql(ADD)
                        .bind("minute", utc(counted.getFirst().minute()))
                        .bind("node", node)
                        .bind("who", texts(counted, Counted::who))
                        .bind("routes", texts(counted, Counted::route))
                        .bind("codes", texts(counted, Counted::code))
                        .bind("denied", counted.stream().map(Counted::count).toArray(Long[]::new))
                        .fetch()
                        .rowsUpdated())
                .then();
    }

    /** Forgets some of what is older. */
    Mono<Void> forget(Instant now, Duration keptFor) {
        return database.run(client -> client.sql(FORGET)
                        .bind("before", utc(now.minus(keptFor)))
                        .fetch()
                        .rowsUpdated())
                .then();
    }

    /** At most {@code limit} behind a place, the newest first. */
    Mono<List<Denied>> page(Instant from, Instant to, DenialPlace behind, int limit) {
        return database.run(client -> client.sql(PAGE)
                .bind("from", utc(from))
                .bind("to", utc(to))
                .bind("last", utc(behind.minute()))
                .bind("who", behind.who())
                .bind("route", behind.route())
                .bind("code", behind.code())
                .bind("limit", limit)
                .map(row -> denied(Columns.of(row)))
                .all()
                .collectList());
    }

    private static Denied denied(Columns row) {
        return new Denied(
                row.instant("minute"), row.text("who"), row.text("route"), row.text("code"), row.number("denied"));
    }

    private static String[] texts(List<Counted> counted, Function<Counted, String> column) {
        return counted.stream().map(column).toArray(String[]::new);
    }

    private static OffsetDateTime utc(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
