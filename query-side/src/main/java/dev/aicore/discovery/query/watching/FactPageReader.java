package dev.aicore.discovery.query.watching;

import dev.aicore.discovery.eventstore.FactJsonReader;
import dev.aicore.discovery.query.history.EntryFilter;
import dev.aicore.discovery.readmodel.ModelTable;
import dev.aicore.discovery.readmodel.WatermarkSql;
import dev.aicore.discovery.readmodel.database.Database;
import dev.aicore.discovery.readmodel.database.PositionedResult;
import dev.aicore.discovery.readmodel.database.PrefixedColumns;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;

/** Reads facts from the store up to the audit's watermark: all of them, or those that match the audit's columns. */
final class FactPageReader {

    private static final String MARK = WatermarkSql.positionOf("audit");

    /** Source of all facts. Some facts aren't in the audit: types that it ignores and facts that it couldn't fold. */
    private static final String ALL_FACTS = "store.facts e CROSS JOIN LATERAL (SELECT e.*) f";

    private static final String AUDITED = ModelTable.AUDIT + " e JOIN store.facts f ON f.position = e.position";

    private static final String END = """
            SELECT mark.position AS mark, greatest(mark.position, head.position) AS head
            FROM (%s) mark CROSS JOIN (SELECT max(position) AS position FROM store.head) head
            """.formatted(MARK);

    /** Field removed from payloads: the hash by which an API key is recognised must not be readable. */
    private static final String SECRET = "hash";

    /** Bytes of stored facts after which a page ends. The fact that reaches the bound is still on the page. */
    private static final int MAX_BYTES = 1 << 20;

    private final Database database;

    FactPageReader(Database database) {
        this.database = database;
    }

    /** Returns at most {@code limit} facts after a position, oldest first; fewer if they are large. */
    Mono<PositionedResult<FactPage>> page(EntryFilter filter, long behind, int limit) {
        return database.run(client -> client.sql(page(filter))
                .bindValues(filter.values())
                .bind("behind", behind)
                .bind("limit", limit)
                .map(row -> sizedRow(PrefixedColumns.of(row)))
                .all()
                .collectList()
                .map(PositionedResult::combine)
                .map(result -> result.map(rows -> FactPage.of(rows, limit))));
    }

    /** Returns the store's last position, with the position up to which facts can be read now. */
    Mono<PositionedResult<Long>> end() {
        return database.run(client -> client.sql(END)
                .map(row -> new PositionedResult<>(
                        PrefixedColumns.of(row).number("head"),
                        PrefixedColumns.of(row).number("mark")))
                .one());
    }

    /** Returns SQL that yields at least one row, so that the audit's watermark is always known. */
    private static String page(EntryFilter filter) {
        return """
                SELECT mark.position AS mark, found.*
                FROM (%s) mark
                LEFT JOIN LATERAL (
                    SELECT * FROM (
                        SELECT page.*, sum(bytes) OVER (ORDER BY position ROWS UNBOUNDED PRECEDING) AS bytes_read
                        FROM (
                            SELECT f.position, f.seq, f.recorded_at, f.type, f.revision, f.shard, f.instance_id, f.payload,
                                   f.checksum, coalesce(octet_length(f.payload), 0) AS bytes
                            FROM %s
                            WHERE e.position <= mark.position AND e.position > :behind AND %s
                            ORDER BY e.position LIMIT :limit
                        ) page
                    ) bounded
                    WHERE bytes_read - bytes < %d
                ) found ON true
                ORDER BY found.position
                """.formatted(MARK, filter.usesPositionsOnly() ? ALL_FACTS : AUDITED, filter.where(), MAX_BYTES);
    }

    private static PositionedResult<Optional<SizedFact>> sizedRow(PrefixedColumns row) {
        return new PositionedResult<>(
                row.isMissing("position")
                        ? Optional.empty()
                        : Optional.of(new SizedFact(fact(row), row.number("bytes_read"))),
                row.number("mark"));
    }

    /** @param bytesRead size of the page up to this fact */
    private record SizedFact(StoredFact fact, long bytesRead) {}

    /**
     * Page of facts.
     *
     * @param full true if there may be more facts at present
     */
    record FactPage(List<StoredFact> facts, boolean full) {

        FactPage {
            facts = List.copyOf(facts);
        }

        private static FactPage of(List<SizedFact> rows, int limit) {
            boolean full =
                    rows.size() >= limit || (!rows.isEmpty() && rows.getLast().bytesRead() >= MAX_BYTES);
            return new FactPage(rows.stream().map(SizedFact::fact).toList(), full);
        }
    }

    private static StoredFact fact(PrefixedColumns row) {
        int shard = row.integer("shard");
        int revision = row.integer("revision");
        var type = row.text("type");
        var instanceId = row.textOrNull("instance_id");
        var json = FactJsonReader.read(
                row.integerOrNull("checksum"),
                shard,
                row.number("seq"),
                revision,
                type,
                instanceId,
                row.bytesOrNull("payload"));
        return new StoredFact(
                row.number("position"),
                row.instant("recorded_at"),
                type,
                revision,
                shard,
                instanceId,
                json == null ? null : json.without(SECRET),
                json == null ? true : null);
    }

    /**
     * Fact as it is stored.
     *
     * @param revision of the event type
     * @param stream number of the shard, or of the stream of keys or configurations, that decided the fact
     * @param serviceId id of the instance that the fact is about; null if it isn't about a single instance
     * @param data content including the event metadata; null if it can't be read
     * @param unreadable true if the content can't be read, in which case type and instance id may be damaged as well;
     *     null if it can be read
     */
    record StoredFact(
            long position,
            Instant at,
            String type,
            int revision,
            int stream,
            @Nullable String serviceId,
            @Nullable JsonNode data,
            @Nullable Boolean unreadable) {}
}
