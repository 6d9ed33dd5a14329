package dev.aicore.discovery.query.denials;

import dev.aicore.discovery.access.AccessDenialCounter.MinuteCount;
import dev.aicore.discovery.query.database.Database;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.function.Function;
import reactor.core.publisher.Mono;

/** Writes and deletes rows of denials. */
final class DenialRows {

    /** Inserts a minute of a node once, even if it is sent repeatedly. */
    private static final String ADD = """
            INSERT INTO models.denials (minute, node, who, route, code, denied)
            SELECT :minute, :node, given.* FROM unnest(
                CAST(:who AS text[]), CAST(:routes AS text[]), CAST(:codes AS text[]), CAST(:denied AS bigint[])) given
            ON CONFLICT DO NOTHING
            """;

    /** Deletes a bounded number of rows, so that the statement stays short. */
    private static final String DELETE_OLD = """
            DELETE FROM models.denials WHERE ctid = ANY(ARRAY(
                SELECT ctid FROM models.denials WHERE minute < :before LIMIT 10000))
            """;

    private final Database database;
    private final String node;

    /**
     * Creates a writer for one node.
     *
     * @param node id of this process, unique among all processes that ever ran
     */
    DenialRows(Database database, String node) {
        this.database = database;
        this.node = node;
    }

    /**
     * Inserts one minute.
     *
     * @param counted all counts of the minute; at least one
     */
    Mono<Void> add(List<MinuteCount> counted) {
        return database.run(client -> client.sql(ADD)
                        .bind("minute", utc(counted.getFirst().minute()))
                        .bind("node", node)
                        .bind("who", texts(counted, MinuteCount::who))
                        .bind("routes", texts(counted, MinuteCount::route))
                        .bind("codes", texts(counted, MinuteCount::code))
                        .bind("denied", counted.stream().map(MinuteCount::count).toArray(Long[]::new))
                        .fetch()
                        .rowsUpdated())
                .then();
    }

    /** Deletes up to 10,000 rows that are older than the retention. */
    Mono<Void> deleteOlder(Instant now, Duration retention) {
        return database.run(client -> client.sql(DELETE_OLD)
                        .bind("before", utc(now.minus(retention)))
                        .fetch()
                        .rowsUpdated())
                .then();
    }

    private static String[] texts(List<MinuteCount> counted, Function<MinuteCount, String> column) {
        return counted.stream().map(column).toArray(String[]::new);
    }

    private static OffsetDateTime utc(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
