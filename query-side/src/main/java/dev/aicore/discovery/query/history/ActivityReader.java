package dev.aicore.discovery.query.history;

import dev.aicore.discovery.api.history.ActionType;
import dev.aicore.discovery.api.history.ActivityView.Bucket;
import dev.aicore.discovery.readmodel.ModelTable;
import dev.aicore.discovery.readmodel.database.Database;
import dev.aicore.discovery.readmodel.database.PrefixedColumns;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** Counts the entries of the audit over time. */
final class ActivityReader {

    /** Maximum number of entries that one request counts, the newest of the window. */
    static final int MAX_ENTRIES = 500_000;

    private static final String COUNTS = """
            SELECT least(CAST(floor(extract(epoch FROM counted.at - :begin) * 1000 / :bucket_ms) AS integer), :last_bucket) AS bucket,
                   counted.type AS type, count(*) AS changes, min(counted.position) AS first, max(counted.position) AS last
            FROM (
                SELECT e.at, e.type, e.position FROM %s e
                WHERE e.at >= :begin AND e.at <= :end AND e.position <= :position AND %%s
                ORDER BY e.at DESC, e.position DESC LIMIT :max_entries
            ) counted
            GROUP BY bucket, type ORDER BY bucket, type
            """.formatted(ModelTable.AUDIT);

    private static final String NEIGHBOURS = """
            SELECT (SELECT max(e.position) FROM %1$s e WHERE e.position < :around AND %%1$s) AS previous,
                   (SELECT min(e.position) FROM %1$s e WHERE e.position > :around AND e.position <= :position AND %%1$s) AS next
            """.formatted(ModelTable.AUDIT);

    private final Database database;

    ActivityReader(Database database) {
        this.database = database;
    }

    /** Changes of one type within one bucket. */
    private record TypeCount(int bucket, ActionType action, long changes, long first, long last) {}

    /** Positions of the changes next to a position; null if there is none. */
    record Neighbours(@Nullable Long previous, @Nullable Long next) {
        static final Neighbours NONE = new Neighbours(null, null);
    }

    /**
     * Returns the buckets with changes, the oldest first.
     *
     * @param buckets number of buckets of the window, 1 or more
     * @param position position up to which changes count
     */
    Mono<List<Bucket>> buckets(EntryFilter filter, TimeWindow window, int buckets, long position) {
        return database.run(client -> client.sql(COUNTS.formatted(filter.where()))
                .bindValues(filter.values())
                .bind("begin", window.from().atOffset(ZoneOffset.UTC))
                .bind("end", window.to().atOffset(ZoneOffset.UTC))
                .bind("bucket_ms", bucketMs(window, buckets))
                .bind("last_bucket", buckets - 1)
                .bind("position", position)
                .bind("max_entries", MAX_ENTRIES)
                .map(row -> count(PrefixedColumns.of(row)))
                .all()
                .collectList()
                .map(ActivityReader::combine));
    }

    /** Returns the changes next to a position, up to another position. */
    Mono<Neighbours> neighbours(EntryFilter filter, long around, long position) {
        return database.run(client -> client.sql(NEIGHBOURS.formatted(filter.where()))
                .bindValues(filter.values())
                .bind("around", around)
                .bind("position", position)
                .map(row -> new Neighbours(row.get("previous", Long.class), row.get("next", Long.class)))
                .one());
    }

    /** Returns the length of a bucket in milliseconds, at least 1. */
    static long bucketMs(TimeWindow window, int buckets) {
        return Math.max(1, (long) Math.ceil(window.seconds() * 1_000 / buckets));
    }

    private static TypeCount count(PrefixedColumns row) {
        return new TypeCount(
                row.integer("bucket"),
                ActionType.of(row.text("type")),
                row.number("changes"),
                row.number("first"),
                row.number("last"));
    }

    /** Combines the types of an action, and the actions of a bucket. The counts are ordered by bucket. */
    private static List<Bucket> combine(List<TypeCount> counts) {
        var byIndex = new TreeMap<Integer, Bucket>();
        for (var count : counts) {
            byIndex.merge(count.bucket(), bucket(count), ActivityReader::sum);
        }
        return new ArrayList<>(byIndex.values());
    }

    private static Bucket bucket(TypeCount count) {
        return new Bucket(
                count.bucket(),
                count.changes(),
                Map.of(count.action().jsonName(), count.changes()),
                count.first(),
                count.last());
    }

    private static Bucket sum(Bucket one, Bucket other) {
        var byAction = new TreeMap<>(one.byAction());
        other.byAction().forEach((action, changes) -> byAction.merge(action, changes, Long::sum));
        return new Bucket(
                one.index(),
                one.changes() + other.changes(),
                byAction,
                Math.min(one.firstPosition(), other.firstPosition()),
                Math.max(one.lastPosition(), other.lastPosition()));
    }
}
