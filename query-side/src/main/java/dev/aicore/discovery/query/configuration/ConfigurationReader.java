package dev.aicore.discovery.query.configuration;

import dev.aicore.discovery.query.database.Columns;
import dev.aicore.discovery.query.database.Database;
import dev.aicore.discovery.query.database.Marked;
import dev.aicore.discovery.query.watching.LooksReader;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import reactor.core.publisher.Mono;
import tools.jackson.databind.util.RawValue;

/** Reads what configurations are and were. One row at least each time, so that the position is there even if nothing else is. */
final class ConfigurationReader {

    /** What {@code Visibility} has to wait for on behalf of these reads. */
    static final Set<String> PROJECTIONS = Set.of("configurations");

    private static final String MARK = LooksReader.mark("configurations");

    private static final String WRITTEN =
            "v.service, v.version, v.restored, v.from_position, v.from_at, v.actor, v.role, v.reason";

    private static final String ABOUT = WRITTEN + ", v.to_at";

    /** As it could be told then: what ended a version later wasn't known. */
    private static final String ABOUT_THEN = WRITTEN + ", CASE WHEN v.to_position <= :up_to THEN v.to_at END AS to_at";

    private static final String STATE = """
            SELECT mark.position AS mark, %s, v.content
            FROM (%s) mark
            LEFT JOIN LATERAL (
                SELECT * FROM models.configuration_versions
                WHERE service = :service AND from_position <= :up_to
                ORDER BY from_position DESC LIMIT 1
            ) v ON true
            """.formatted(ABOUT_THEN, MARK);

    private static final String CHANGES = """
            SELECT %s, v.content
            FROM models.configuration_versions v
            WHERE v.service = :service AND v.from_position > :after AND v.from_position <= :up_to
            ORDER BY v.from_position LIMIT :limit
            """.formatted(ABOUT_THEN);

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
    private final LooksReader looks;

    ConfigurationReader(Database database) {
        this.database = database;
        this.looks = new LooksReader(database, "configurations", "models.configuration_versions");
    }

    /**
     * Some versions of a configuration.
     *
     * @param known whether the service ever had one
     */
    record Versions(boolean known, List<ConfigurationView> versions) {}

    /** What tells which of them have changed. */
    LooksReader looks() {
        return looks;
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
