package dev.aicore.discovery.query.configuration;

import dev.aicore.discovery.query.database.Columns;
import dev.aicore.discovery.query.database.Database;
import dev.aicore.discovery.query.database.Marked;
import dev.aicore.discovery.query.watching.Look;
import dev.aicore.discovery.query.watching.Looks;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import reactor.core.publisher.Mono;
import tools.jackson.databind.util.RawValue;

/** Reads what configurations are and were. One row at least each time, so that the position is there even if nothing else is. */
final class ConfigurationReader implements Looks {

    /** What {@code Visibility} has to wait for on behalf of these reads. */
    static final Set<String> PROJECTIONS = Set.of("configurations");

    /** Most positions of one look: after a long absence many looks catch up, and none takes too long. */
    private static final long LONGEST_STRIDE = 100_000;

    private static final String MARK =
            "SELECT coalesce(max(position), 0) AS position FROM models.watermarks WHERE projection = 'configurations'";

    private static final String FURTHEST =
            "SELECT greatest(mark.position, (SELECT position FROM store.head)) AS position FROM (%s) mark"
                    .formatted(MARK);

    private static final String CHANGED = """
            SELECT mark.position AS mark, changed.service, changed.last
            FROM (SELECT least(position, CAST(:most AS bigint)) AS position FROM (%s) published) mark
            LEFT JOIN LATERAL (
                SELECT service, max(from_position) AS last FROM models.configuration_versions
                WHERE from_position > :after AND from_position <= mark.position
                GROUP BY service
            ) changed ON true
            """.formatted(MARK);

    private static final String ABOUT =
            "v.service, v.version, v.restored, v.from_position, v.from_at, v.to_at, v.actor, v.role, v.reason";

    private static final String STATE = """
            SELECT mark.position AS mark, %s, v.content
            FROM (%s) mark
            LEFT JOIN LATERAL (
                SELECT * FROM models.configuration_versions
                WHERE service = :service AND from_position <= :up_to
                ORDER BY from_position DESC LIMIT 1
            ) v ON true
            """.formatted(ABOUT, MARK);

    private static final String CHANGES = """
            SELECT %s, v.content
            FROM models.configuration_versions v
            WHERE v.service = :service AND v.from_position > :after AND v.from_position <= :up_to
            ORDER BY v.from_position LIMIT :limit
            """.formatted(ABOUT);

    private static final String VERSIONS = """
            SELECT mark.position AS mark, EXISTS (SELECT 1 FROM models.configurations WHERE service = :service) AS known, %s
            FROM (%s) mark
            LEFT JOIN LATERAL (
                SELECT * FROM models.configuration_versions
                WHERE service = :service AND content IS NOT NULL AND version < :before
                ORDER BY version DESC LIMIT :limit
            ) v ON true
            ORDER BY v.version DESC
            """.formatted(ABOUT, MARK);

    /** Of the two, the second is not asked for where only one is. */
    private static final String NUMBERED = """
            SELECT mark.position AS mark, EXISTS (SELECT 1 FROM models.configurations WHERE service = :service) AS known, %s, v.content
            FROM (%s) mark
            LEFT JOIN models.configuration_versions v
                ON v.service = :service AND v.content IS NOT NULL AND v.version IN (:first, :second)
            """.formatted(ABOUT, MARK);

    private static final String SCHEMA = """
            SELECT mark.position AS mark, s.service, s.revision, s.schema, s.declared_at, s.actor, s.role, s.reason, s.position
            FROM (%s) mark
            LEFT JOIN models.configuration_schemas s ON s.service = :service AND s.schema IS NOT NULL
            """.formatted(MARK);

    private final Database database;

    ConfigurationReader(Database database) {
        this.database = database;
    }

    /**
     * Some versions of a configuration.
     *
     * @param known whether the service ever had one
     */
    record Versions(boolean known, List<ConfigurationView> versions) {}

    @Override
    public Mono<Look> mark() {
        return number(MARK).map(position -> new Look(position, Map.of()));
    }

    @Override
    public Mono<Look> changed(long after) {
        return database.run(client -> client.sql(CHANGED)
                .bind("after", after)
                .bind("most", after + LONGEST_STRIDE)
                .map(row -> Changed.of(Columns.of(row)))
                .all()
                .collectList()
                .map(Changed::together));
    }

    /** The last position that there is in the store. */
    Mono<Long> furthest() {
        return number(FURTHEST);
    }

    /** How it was at a position; {@link Long#MAX_VALUE} for now. */
    Mono<Marked<State>> state(String service, long upTo) {
        return database.run(client -> client.sql(STATE)
                .bind("service", service)
                .bind("up_to", upTo)
                .map(row -> state(Columns.of(row)))
                .one());
    }

    /** At most {@code limit} changes behind {@code after} and up to {@code upTo}, in order. */
    Mono<List<ChangeView>> changes(String service, long after, long upTo, int limit) {
        return database.run(client -> client.sql(CHANGES)
                .bind("service", service)
                .bind("after", after)
                .bind("up_to", upTo)
                .bind("limit", limit)
                .map(row -> change(Columns.of(row)))
                .all()
                .collectList());
    }

    /** At most {@code limit} versions before a number, the newest first, without what they say. */
    Mono<Marked<Versions>> versions(String service, int before, int limit) {
        return database.run(client -> client.sql(VERSIONS)
                .bind("service", service)
                .bind("before", before)
                .bind("limit", limit)
                .map(row -> numbered(Columns.of(row), false))
                .all()
                .collectList()
                .map(Numbered::together));
    }

    /** Those of two versions that there are, in any order. */
    Mono<Marked<Versions>> versions(String service, Set<Integer> two) {
        var numbers = two.iterator();
        int first = numbers.next();
        int second = numbers.hasNext() ? numbers.next() : first;
        return database.run(client -> client.sql(NUMBERED)
                .bind("service", service)
                .bind("first", first)
                .bind("second", second)
                .map(row -> numbered(Columns.of(row), true))
                .all()
                .collectList()
                .map(Numbered::together));
    }

    /** What it has to be like; empty if anything. */
    Mono<Marked<Optional<SchemaView>>> schema(String service) {
        return database.run(client -> client.sql(SCHEMA)
                .bind("service", service)
                .map(row -> schema(Columns.of(row)))
                .one());
    }

    private Mono<Long> number(String sql) {
        return database.run(client ->
                client.sql(sql).map(row -> Columns.of(row).number("position")).one());
    }

    private record Changed(long mark, Optional<String> service, long last) {

        static Changed of(Columns row) {
            return row.isMissing("service")
                    ? new Changed(row.number("mark"), Optional.empty(), 0)
                    : new Changed(row.number("mark"), Optional.of(row.text("service")), row.number("last"));
        }

        static Look together(List<Changed> rows) {
            var changed = new HashMap<String, Long>();
            rows.forEach(row -> row.service().ifPresent(service -> changed.put(service, row.last())));
            return new Look(rows.getFirst().mark(), changed);
        }
    }

    private record Numbered(long mark, boolean known, Optional<ConfigurationView> version) {

        static Marked<Versions> together(List<Numbered> rows) {
            var first = rows.getFirst();
            var versions = rows.stream().flatMap(row -> row.version().stream()).toList();
            return new Marked<>(new Versions(first.known(), versions), first.mark());
        }
    }

    private static Numbered numbered(Columns row, boolean withContent) {
        return new Numbered(
                row.number("mark"),
                row.bool("known"),
                row.isMissing("version") ? Optional.empty() : Optional.of(view(row, withContent)));
    }

    private static Marked<State> state(Columns row) {
        long mark = row.number("mark");
        if (row.isMissing("version")) {
            return new Marked<>(new State(mark, 0, Optional.empty()), mark);
        }
        var present = row.isMissing("content") ? Optional.<ConfigurationView>empty() : Optional.of(view(row, true));
        return new Marked<>(new State(mark, row.number("from_position"), present), mark);
    }

    private static ChangeView change(Columns row) {
        boolean deleted = row.isMissing("content");
        var type = deleted
                ? ChangeView.Type.DELETED
                : row.isMissing("restored") ? ChangeView.Type.CHANGED : ChangeView.Type.ROLLED_BACK;
        return new ChangeView(
                row.number("from_position"), row.instant("from_at"), type, deleted ? null : view(row, true));
    }

    private static ConfigurationView view(Columns row, boolean withContent) {
        return new ConfigurationView(
                row.text("service"),
                row.integer("version"),
                withContent ? new RawValue(row.text("content")) : null,
                row.instant("from_at"),
                row.text("actor"),
                row.text("role"),
                row.isMissing("restored") ? null : row.integer("restored"),
                row.textOrNull("reason"),
                row.number("from_position"),
                row.instantOrNull("to_at"));
    }

    private static Marked<Optional<SchemaView>> schema(Columns row) {
        var schema = row.isMissing("service")
                ? Optional.<SchemaView>empty()
                : Optional.of(new SchemaView(
                        row.text("service"),
                        row.integer("revision"),
                        new RawValue(row.text("schema")),
                        row.instant("declared_at"),
                        row.text("actor"),
                        row.text("role"),
                        row.textOrNull("reason"),
                        row.number("position")));
        return new Marked<>(schema, row.number("mark"));
    }
}
