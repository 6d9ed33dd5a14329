package dev.aicore.discovery.query.configuration;

import dev.aicore.discovery.query.configuration.ConfigurationVersionController.SchemaView;
import dev.aicore.discovery.query.configuration.ConfigurationView.ConfigurationChangeView;
import dev.aicore.discovery.query.watching.ChangePollReader;
import dev.aicore.discovery.readmodel.ModelTable;
import dev.aicore.discovery.readmodel.WatermarkSql;
import dev.aicore.discovery.readmodel.database.Database;
import dev.aicore.discovery.readmodel.database.PositionedResult;
import dev.aicore.discovery.readmodel.database.PrefixedColumns;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import reactor.core.publisher.Mono;
import tools.jackson.databind.util.RawValue;

/**
 * Reads present and past configurations. Each statement returns at least one row, so that the position is known even if
 * nothing is found.
 */
final class ConfigurationReader {

    /** Projections that {@code ReadYourWritesBarrier} must wait for on behalf of these reads. */
    static final Set<String> PROJECTIONS = Set.of("configurations");

    private static final String MARK = WatermarkSql.positionOf("configurations");

    private static final String VERSION_COLUMNS =
            "v.service, v.version, v.restored, v.from_position, v.from_at, v.actor, v.role, v.reason";

    private static final String COLUMNS_WITH_END = VERSION_COLUMNS + ", v.to_at";

    /** Columns as of a position: the end of a version is hidden if it happened later. */
    private static final String AS_OF_COLUMNS =
            VERSION_COLUMNS + ", CASE WHEN v.to_position <= :up_to THEN v.to_at END AS to_at";

    private static final String STATE = """
            SELECT mark.position AS mark, %s, v.content
            FROM (%s) mark
            LEFT JOIN LATERAL (
                SELECT * FROM %s
                WHERE service = :service AND from_position <= :up_to
                ORDER BY from_position DESC LIMIT 1
            ) v ON true
            """.formatted(AS_OF_COLUMNS, MARK, ModelTable.CONFIGURATION_VERSIONS);

    private static final String CHANGES = """
            SELECT %s, v.content
            FROM %s v
            WHERE v.service = :service AND v.from_position > :after AND v.from_position <= :up_to
            ORDER BY v.from_position LIMIT :limit
            """.formatted(AS_OF_COLUMNS, ModelTable.CONFIGURATION_VERSIONS);

    private static final String VERSIONS =
            """
            SELECT mark.position AS mark, EXISTS (SELECT 1 FROM %s WHERE service = :service) AS known, %s
            FROM (%s) mark
            LEFT JOIN LATERAL (
                SELECT * FROM %s
                WHERE service = :service AND content IS NOT NULL AND version < :before
                ORDER BY version DESC LIMIT :limit
            ) v ON true
            ORDER BY v.version DESC
            """.formatted(ModelTable.CONFIGURATIONS, COLUMNS_WITH_END, MARK, ModelTable.CONFIGURATION_VERSIONS);

    /** Statement for one or two versions; {@code :second} equals {@code :first} if only one is requested. */
    private static final String NUMBERED =
            """
            SELECT mark.position AS mark, EXISTS (SELECT 1 FROM %s WHERE service = :service) AS known, %s, v.content
            FROM (%s) mark
            LEFT JOIN %s v
                ON v.service = :service AND v.content IS NOT NULL AND v.version IN (:first, :second)
            """.formatted(ModelTable.CONFIGURATIONS, COLUMNS_WITH_END, MARK, ModelTable.CONFIGURATION_VERSIONS);

    private static final String SCHEMA = """
            SELECT mark.position AS mark, s.service, s.revision, s.schema, s.declared_at, s.actor, s.role, s.reason, s.position
            FROM (%s) mark
            LEFT JOIN %s s ON s.service = :service AND s.schema IS NOT NULL
            """.formatted(MARK, ModelTable.CONFIGURATION_SCHEMAS);

    private final Database database;
    private final ChangePollReader poller;

    ConfigurationReader(Database database) {
        this.database = database;
        this.poller = new ChangePollReader(database, "configurations", ModelTable.CONFIGURATION_VERSIONS.toString());
    }

    /**
     * Some versions of a configuration.
     *
     * @param known whether the service ever had a configuration
     */
    record Versions(boolean known, List<ConfigurationView> versions) {}

    /** Returns the poller that finds the configurations that have changed. */
    ChangePollReader poller() {
        return poller;
    }

    /** Returns the state at a position; {@link Long#MAX_VALUE} for the present state. */
    Mono<PositionedResult<ConfigurationState>> state(String service, long upTo) {
        return database.run(client -> client.sql(STATE)
                .bind("service", service)
                .bind("up_to", upTo)
                .map(row -> state(PrefixedColumns.of(row)))
                .one());
    }

    /**
     * Returns at most {@code limit} changes after position {@code after} and up to {@code upTo}, in order of position.
     */
    Mono<List<ConfigurationChangeView>> changes(String service, long after, long upTo, int limit) {
        return database.run(client -> client.sql(CHANGES)
                .bind("service", service)
                .bind("after", after)
                .bind("up_to", upTo)
                .bind("limit", limit)
                .map(row -> change(PrefixedColumns.of(row)))
                .all()
                .collectList());
    }

    /** Returns at most {@code limit} versions before a version number, newest first, without content. */
    Mono<PositionedResult<Versions>> versions(String service, int before, int limit) {
        return database.run(client -> client.sql(VERSIONS)
                .bind("service", service)
                .bind("before", before)
                .bind("limit", limit)
                .map(row -> toVersionRow(PrefixedColumns.of(row), false))
                .all()
                .collectList()
                .map(VersionRow::combine));
    }

    /** Returns those of one or two version numbers that exist, in any order. */
    Mono<PositionedResult<Versions>> versions(String service, Set<Integer> two) {
        var numbers = two.iterator();
        int first = numbers.next();
        int second = numbers.hasNext() ? numbers.next() : first;
        return database.run(client -> client.sql(NUMBERED)
                .bind("service", service)
                .bind("first", first)
                .bind("second", second)
                .map(row -> toVersionRow(PrefixedColumns.of(row), true))
                .all()
                .collectList()
                .map(VersionRow::combine));
    }

    /** Returns the schema of a service's configuration; empty if none is declared. */
    Mono<PositionedResult<Optional<SchemaView>>> schema(String service) {
        return database.run(client -> client.sql(SCHEMA)
                .bind("service", service)
                .map(row -> schema(PrefixedColumns.of(row)))
                .one());
    }

    private record VersionRow(long mark, boolean known, Optional<ConfigurationView> version) {

        static PositionedResult<Versions> combine(List<VersionRow> rows) {
            var first = rows.getFirst();
            var versions = rows.stream().flatMap(row -> row.version().stream()).toList();
            return new PositionedResult<>(new Versions(first.known(), versions), first.mark());
        }
    }

    private static VersionRow toVersionRow(PrefixedColumns row, boolean withContent) {
        return new VersionRow(
                row.number("mark"),
                row.bool("known"),
                row.isMissing("version") ? Optional.empty() : Optional.of(view(row, withContent)));
    }

    private static PositionedResult<ConfigurationState> state(PrefixedColumns row) {
        long mark = row.number("mark");
        if (row.isMissing("version")) {
            return new PositionedResult<>(new ConfigurationState(mark, 0, Optional.empty()), mark);
        }
        var present = row.isMissing("content") ? Optional.<ConfigurationView>empty() : Optional.of(view(row, true));
        return new PositionedResult<>(new ConfigurationState(mark, row.number("from_position"), present), mark);
    }

    private static ConfigurationChangeView change(PrefixedColumns row) {
        boolean deleted = row.isMissing("content");
        var type = deleted
                ? ConfigurationChangeView.Type.DELETED
                : row.isMissing("restored")
                        ? ConfigurationChangeView.Type.CHANGED
                        : ConfigurationChangeView.Type.ROLLED_BACK;
        return new ConfigurationChangeView(
                row.number("from_position"), row.instant("from_at"), type, deleted ? null : view(row, true));
    }

    private static ConfigurationView view(PrefixedColumns row, boolean withContent) {
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

    private static PositionedResult<Optional<SchemaView>> schema(PrefixedColumns row) {
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
        return new PositionedResult<>(schema, row.number("mark"));
    }

    /**
     * State of a service's configuration at a position.
     *
     * @param position up to which the state is complete
     * @param index position of the last change up to then; 0 if there was none
     * @param present empty if there was no configuration
     */
    record ConfigurationState(long position, long index, Optional<ConfigurationView> present) {}
}
