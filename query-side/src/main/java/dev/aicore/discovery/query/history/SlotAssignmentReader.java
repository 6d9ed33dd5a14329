package dev.aicore.discovery.query.history;

import dev.aicore.discovery.query.consistency.AuditedReads;
import dev.aicore.discovery.query.history.SlotAssignments.SlotAssignment;
import dev.aicore.discovery.readmodel.ModelTable;
import dev.aicore.discovery.readmodel.database.Database;
import dev.aicore.discovery.readmodel.database.PositionedResult;
import dev.aicore.discovery.readmodel.database.PrefixedColumns;
import dev.aicore.discovery.web.AsOfPoint;
import io.r2dbc.spi.Parameter;
import io.r2dbc.spi.Parameters;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** Finds the slots that an instance occupied, and the positions of a time window. */
final class SlotAssignmentReader {

    /**
     * Finds, by bisection, the position of the last retained observation recorded before an instant. Times increase
     * with positions and have no index. Invariant: all up to {@code lo} were recorded before the instant, and none
     * after {@code hi} was.
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

    /**
     * Statement for assignments and bounds. If all facts are folded, the result is complete up to the store's last
     * position; otherwise up to the position that both read models have reached.
     */
    private static final String ASSIGNMENTS = """
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
                FROM %5$s v
                WHERE v.id = :id AND v.gone IS NULL
                GROUP BY v.id, v.service, v.shard, v.slot, v.slot_position
            ) seat ON true
            """.formatted(
                    AuditedReads.COMPLETE,
                    LAST_BEFORE.formatted("<", "from_at"),
                    LAST_BEFORE.formatted("<=", "to_at"),
                    EARLIEST,
                    ModelTable.INSTANCE_VERSIONS);

    private final Database database;

    SlotAssignmentReader(Database database) {
        this.database = database;
    }

    /**
     * Returns the slots that the instance occupied. The result's position is that up to which the instance's
     * observations and facts are complete.
     */
    Mono<PositionedResult<SlotAssignments>> find(ObservationWindow observationWindow) {
        return database.run(client -> client.sql(ASSIGNMENTS)
                .bind("id", observationWindow.id())
                .bind("from_at", instant(observationWindow, observationWindow.from()))
                .bind("from_position", position(observationWindow.from()))
                .bind("to_at", instant(observationWindow, observationWindow.to()))
                .bind("to_position", position(observationWindow.to()))
                .map(row -> row(PrefixedColumns.of(row)))
                .all()
                .collectList()
                .map(rows -> combine(rows, observationWindow)));
    }

    /** Returns the first position whose observations have not been dropped. */
    Mono<Long> earliest() {
        return database.run(client -> client.sql(EARLIEST)
                .map(row -> PrefixedColumns.of(row).number("earliest"))
                .one());
    }

    private record Row(Optional<SlotAssignment> seat, long after, long last, long earliest, long mark) {}

    private static Row row(PrefixedColumns row) {
        var assignment = row.isMissing("id")
                ? Optional.<SlotAssignment>empty()
                : Optional.of(new SlotAssignment(
                        row.text("id"),
                        row.text("service"),
                        row.integer("shard"),
                        row.integer("slot"),
                        row.number("slot_position"),
                        row.number("until")));
        return new Row(assignment, row.number("after"), row.number("last"), row.number("earliest"), row.number("mark"));
    }

    private static PositionedResult<SlotAssignments> combine(List<Row> rows, ObservationWindow observationWindow) {
        var first = rows.getFirst();
        var assignments = rows.stream()
                .flatMap(row -> row.seat().stream())
                .filter(slotAssignment -> observationWindow.isInScope(slotAssignment.service()))
                .toList();
        return new PositionedResult<>(
                new SlotAssignments(assignments, first.after(), first.last(), first.earliest()), first.mark());
    }

    private static Parameter instant(ObservationWindow observationWindow, @Nullable AsOfPoint asOf) {
        var instant = observationWindow.instant(asOf);
        return instant == null ? Parameters.in(OffsetDateTime.class) : Parameters.in(instant.atOffset(ZoneOffset.UTC));
    }

    private static Parameter position(@Nullable AsOfPoint asOf) {
        return asOf instanceof AsOfPoint.AtPosition(var position) ? Parameters.in(position) : Parameters.in(Long.class);
    }
}
