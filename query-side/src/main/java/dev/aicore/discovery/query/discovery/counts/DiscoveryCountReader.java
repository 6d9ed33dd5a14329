package dev.aicore.discovery.query.discovery.counts;

import dev.aicore.discovery.api.history.DiscoveryHistoryView.DiscoveryMinute;
import dev.aicore.discovery.readmodel.ModelTable;
import dev.aicore.discovery.readmodel.database.Database;
import dev.aicore.discovery.readmodel.database.PrefixedColumns;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** Reads the discoveries of a service by minute and principal, summed over nodes. */
final class DiscoveryCountReader {

    private static final String PAGE = """
            SELECT minute, principal, CAST(sum(answers) AS bigint) AS answers,
                min(first_position) AS first_position, max(last_position) AS last_position
            FROM %s
            WHERE service = :service AND minute <= :upTo AND first_position <= :position
            AND (:anyone OR principal = :principal)
            AND (minute < :last OR (minute = :last AND principal > :after))
            GROUP BY minute, principal
            ORDER BY minute DESC, principal LIMIT :limit
            """.formatted(ModelTable.DISCOVERIES);

    private final Database database;

    /**
     * Minutes up to a point in time.
     *
     * @param upTo latest start of a minute
     * @param position latest position of a minute's first answer
     */
    record MinuteRange(Instant upTo, long position) {

        private static final Instant END = DiscoveryCountCursor.START.minute();

        /** Returns the minutes that began by an instant. */
        static MinuteRange upTo(Instant instant) {
            return new MinuteRange(instant, Long.MAX_VALUE);
        }

        /** Returns the minutes with answers of a position or an earlier one; it may be later than the last fact. */
        static MinuteRange upTo(long position) {
            return new MinuteRange(END, position);
        }
    }

    DiscoveryCountReader(Database database) {
        this.database = database;
    }

    /**
     * Returns at most {@code limit} rows after a cursor, newest first.
     *
     * @param principal only discoveries of this one; null for all
     * @param range only these minutes
     */
    Mono<List<DiscoveryMinute>> page(
            String service, @Nullable String principal, MinuteRange range, DiscoveryCountCursor behind, int limit) {
        return database.run(client -> client.sql(PAGE)
                .bind("service", service)
                .bind("upTo", utc(range.upTo()))
                .bind("position", range.position())
                .bind("anyone", principal == null)
                .bind("principal", principal == null ? "" : principal)
                .bind("last", utc(behind.minute()))
                .bind("after", behind.principal())
                .bind("limit", limit)
                .map(row -> minute(PrefixedColumns.of(row)))
                .all()
                .collectList());
    }

    private static DiscoveryMinute minute(PrefixedColumns row) {
        return new DiscoveryMinute(
                row.instant("minute"),
                row.text("principal"),
                row.number("answers"),
                row.number("first_position"),
                row.number("last_position"));
    }

    private static OffsetDateTime utc(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
