package dev.aicore.discovery.query.history;

import dev.aicore.discovery.config.web.Moment;
import dev.aicore.discovery.query.database.Columns;
import dev.aicore.discovery.query.database.Database;
import dev.aicore.discovery.query.database.Marked;
import dev.aicore.discovery.query.history.Seats.Seat;
import dev.aicore.discovery.query.watermark.Audited;
import io.r2dbc.spi.Parameter;
import io.r2dbc.spi.Parameters;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** Finds where an instance sat, and which positions a window of time has. */
final class SeatsReader {

    /**
     * The last observation that was recorded before a moment, of those that are kept, by halving: instants rise with positions, and have no index. All up to
     * {@code lo} were, none beyond {@code hi} was.
     */
    private static final String LAST_BEFORE = """
            (WITH RECURSIVE halved (lo, hi) AS (
                SELECT coalesce(min(position), 1) - 1, coalesce(max(position), 0) FROM store.observations
                UNION ALL
                SELECT CASE WHEN seen.recorded_at %1$s :%2$s THEN seen.position ELSE half.lo END,
                       CASE WHEN seen.recorded_at %1$s :%2$s THEN half.hi ELSE half.mid END
                FROM (SELECT lo, hi, (lo + hi) / 2 AS mid FROM halved WHERE lo < hi) half
                LEFT JOIN LATERAL (
                    SELECT position, recorded_at FROM store.observations
                    WHERE position > half.mid AND position <= half.hi ORDER BY position LIMIT 1
                ) seen ON true
            ) SELECT max(lo) FROM halved)
            """;

    private static final String EARLIEST = "SELECT coalesce(max(to_position), 0) AS earliest FROM store.compactions";

    /** Nothing is missing up to the store's last position where all facts are folded; else up to where both models are. */
    private static final String SEATS = """
            SELECT mark.position AS mark, bounds.after, bounds.last, bounds.earliest,
                   seat.id, seat.service, seat.shard, seat.slot, seat.slot_position, seat.until
            FROM (
                SELECT CASE WHEN complete.position >= (SELECT coalesce(max(position), 0) FROM store.facts)
                            THEN greatest(complete.position, (SELECT max(position) FROM store.head))
                            ELSE complete.position END AS position
                FROM (%1$s) complete
            ) mark
            CROSS JOIN LATERAL (
                SELECT coalesce(CASE WHEN :from_at::timestamptz IS NULL THEN :from_position - 1
                                     WHEN EXISTS (SELECT FROM store.compactions WHERE recorded_to >= :from_at) THEN 0
                                     ELSE %2$s END, 0) AS after,
                       coalesce(CASE WHEN :to_at::timestamptz IS NULL THEN :to_position ELSE %3$s END, mark.position) AS last,
                       (%4$s) AS earliest
            ) bounds
            LEFT JOIN LATERAL (
                SELECT v.id, v.service, v.shard, v.slot, v.slot_position,
                       max(coalesce(v.to_position, 9223372036854775807)) AS until
                FROM models.instance_versions v
                WHERE v.id = :id AND v.gone IS NULL
                GROUP BY v.id, v.service, v.shard, v.slot, v.slot_position
            ) seat ON true
            """.formatted(
            Audited.COMPLETE, LAST_BEFORE.formatted("<", "from_at"), LAST_BEFORE.formatted("<=", "to_at"), EARLIEST);

    private final Database database;

    SeatsReader(Database database) {
        this.database = database;
    }

    /** Where the instance sat; its mark is up to where all is known that was observed, and decided, of it. */
    Mono<Marked<Seats>> find(Window window) {
        return database.run(client -> client.sql(SEATS)
                .bind("id", window.id())
                .bind("from_at", instant(window, window.from()))
                .bind("from_position", position(window.from()))
                .bind("to_at", instant(window, window.to()))
                .bind("to_position", position(window.to()))
                .map(row -> row(Columns.of(row)))
                .all()
                .collectList()
                .map(rows -> together(rows, window)));
    }

    /** The first position whose observations weren't dropped yet. */
    Mono<Long> earliest() {
        return database.run(client -> client.sql(EARLIEST)
                .map(row -> Columns.of(row).number("earliest"))
                .one());
    }

    private record Row(Optional<Seat> seat, long after, long last, long earliest, long mark) {}

    private static Row row(Columns row) {
        var seat = row.isMissing("id")
                ? Optional.<Seat>empty()
                : Optional.of(new Seat(
                        row.text("id"),
                        row.text("service"),
                        row.integer("shard"),
                        row.integer("slot"),
                        row.number("slot_position"),
                        row.number("until")));
        return new Row(seat, row.number("after"), row.number("last"), row.number("earliest"), row.number("mark"));
    }

    private static Marked<Seats> together(List<Row> rows, Window window) {
        var first = rows.getFirst();
        var seats = rows.stream()
                .flatMap(row -> row.seat().stream())
                .filter(seat -> window.isWithinReach(seat.service()))
                .toList();
        return new Marked<>(new Seats(seats, first.after(), first.last(), first.earliest()), first.mark());
    }

    private static Parameter instant(Window window, @Nullable Moment moment) {
        var instant = window.instant(moment);
        return instant == null ? Parameters.in(OffsetDateTime.class) : Parameters.in(instant.atOffset(ZoneOffset.UTC));
    }

    private static Parameter position(@Nullable Moment moment) {
        return moment instanceof Moment.AtPosition(var position) ? Parameters.in(position) : Parameters.in(Long.class);
    }
}
