package dev.aicore.discovery.query.history;

import dev.aicore.discovery.api.access.ServiceScope;
import dev.aicore.discovery.api.history.DiffView.Difference;
import dev.aicore.discovery.api.history.DiffView.Kind;
import dev.aicore.discovery.api.history.DiffView.Summary;
import dev.aicore.discovery.query.consistency.AsOfResolver.ResolvedAsOfPoint;
import dev.aicore.discovery.query.instance.InstanceCursor;
import dev.aicore.discovery.query.instance.InstanceRowMapper;
import dev.aicore.discovery.query.instance.InstanceVersionSql;
import dev.aicore.discovery.readmodel.ModelTable;
import dev.aicore.discovery.readmodel.database.Database;
import dev.aicore.discovery.readmodel.database.PrefixedColumns;
import dev.aicore.discovery.readmodel.database.ScopeCondition;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient.GenericExecuteSpec;
import reactor.core.publisher.Mono;

/** Reads the state at two positions of all instances that changed between them. */
final class DiffReader {

    private static final String CHANGED_INSTANCES = """
            SELECT DISTINCT v.service, v.id FROM %s v
            WHERE v.from_position > :from AND v.from_position <= :to
            """.formatted(ModelTable.INSTANCE_VERSIONS);

    private static final String OF_SERVICE = " AND v.service = :service";
    private static final String AFTER_CURSOR = " AND (v.service, v.id) > (:behind_service, :behind_id)";

    /**
     * Restricts both sides to the same service: an id may have moved to another service, whose instance isn't a side of
     * this difference.
     */
    private static final String SAME_SERVICE = "v.service = touched.service";

    private static final String BETWEEN =
            "e.instance_id = touched.id AND e.service = touched.service AND e.position > :from AND e.position <= :to";

    private static final String PAGE = """
            WITH touched AS (%%s ORDER BY v.service, v.id LIMIT :limit)
            SELECT touched.id, touched.service, %s, %s, doing.facts, doing.actors, %s
            FROM touched
            LEFT JOIN LATERAL (%s) before ON true
            LEFT JOIN LATERAL (%s) after ON true
            CROSS JOIN LATERAL (
                SELECT count(*) AS facts, coalesce(array_agg(DISTINCT e.actor ORDER BY e.actor), '{}') AS actors
                FROM %s e WHERE %s
            ) doing
            LEFT JOIN LATERAL (
                SELECT e.position, e.at, e.actor, e.summary, e.reason FROM %s e
                WHERE %s ORDER BY e.position DESC LIMIT 1
            ) last ON true
            ORDER BY touched.service, touched.id
            """.formatted(
                    InstanceVersionSql.columns("before"),
                    InstanceVersionSql.columns("after"),
                    LastEntryMapper.columns("last"),
                    InstanceVersionSql.latest("touched.id", "<= :from AND " + SAME_SERVICE),
                    InstanceVersionSql.latest("touched.id", "<= :to AND " + SAME_SERVICE),
                    ModelTable.AUDIT,
                    BETWEEN,
                    ModelTable.AUDIT,
                    BETWEEN);

    private static final String SUMMARY = """
            WITH touched AS (%%s),
            sides AS (
                SELECT coalesce(before.present, false) AS was_there, coalesce(after.present, false) AS is_there
                FROM touched
                LEFT JOIN LATERAL (%1$s <= :from %2$s) before ON true
                LEFT JOIN LATERAL (%1$s <= :to %2$s) after ON true
            )
            SELECT count(*) FILTER (WHERE NOT was_there AND is_there) AS added, count(*) FILTER (WHERE was_there AND NOT is_there) AS removed,
                   count(*) FILTER (WHERE was_there AND is_there) AS changed,
                   count(*) FILTER (WHERE NOT was_there AND NOT is_there) AS came_and_went
            FROM sides
            """.formatted(
                    "SELECT v.gone IS NULL AS present FROM " + ModelTable.INSTANCE_VERSIONS
                            + " v WHERE v.id = touched.id AND " + SAME_SERVICE + " AND v.from_position",
                    "ORDER BY v.from_position DESC LIMIT 1");

    private final Database database;
    private final InstanceRowMapper rowMapper;

    DiffReader(Database database, InstanceRowMapper rowMapper) {
        this.database = database;
        this.rowMapper = rowMapper;
    }

    /** Returns at most {@code limit} differences after a cursor, ordered by service and id. */
    Mono<List<Difference>> page(DiffScope diffScope, InstanceCursor behind, int limit) {
        return database.run(client -> bind(client.sql(PAGE.formatted(touched(diffScope) + AFTER_CURSOR)), diffScope)
                .bind("behind_service", behind.service())
                .bind("behind_id", behind.id())
                .bind("limit", limit)
                .map(row -> difference(PrefixedColumns.of(row)))
                .all()
                .collectList());
    }

    /** Returns the number of differences of each kind. */
    Mono<Summary> summary(DiffScope diffScope) {
        return database.run(client -> bind(client.sql(SUMMARY.formatted(touched(diffScope))), diffScope)
                .map(row -> summary(PrefixedColumns.of(row)))
                .one());
    }

    private static String touched(DiffScope diffScope) {
        return (diffScope.service() == null ? CHANGED_INSTANCES : CHANGED_INSTANCES + OF_SERVICE)
                + ScopeCondition.andCondition("v.service", diffScope.reach());
    }

    private static GenericExecuteSpec bind(GenericExecuteSpec sql, DiffScope diffScope) {
        var bound = sql.bind("from", diffScope.from().position())
                .bind("to", diffScope.to().position());
        var within = diffScope.reach() == null
                ? bound
                : bound.bind(ScopeCondition.PARAMETER, ScopeCondition.values(diffScope.reach()));
        return diffScope.service() == null ? within : within.bind("service", diffScope.service());
    }

    private static Summary summary(PrefixedColumns row) {
        return new Summary(
                row.number("added"), row.number("removed"), row.number("changed"), row.number("came_and_went"));
    }

    private Difference difference(PrefixedColumns row) {
        var before = InstanceVersionSql.present(rowMapper, new PrefixedColumns(row.row(), "before_"));
        var after = InstanceVersionSql.present(rowMapper, new PrefixedColumns(row.row(), "after_"));
        return new Difference(
                kind(before != null, after != null),
                row.text("id"),
                row.text("service"),
                before,
                after,
                before == null || after == null ? List.of() : InstanceComparator.different(before, after),
                row.number("facts"),
                row.texts("actors"),
                LastEntryMapper.readOrNull(new PrefixedColumns(row.row(), "last_")));
    }

    private static Kind kind(boolean was, boolean is) {
        if (was) {
            return is ? Kind.CHANGED : Kind.REMOVED;
        }
        return is ? Kind.ADDED : Kind.CAME_AND_WENT;
    }

    /**
     * Selects the differences caused by facts after {@code from} and up to {@code to}.
     *
     * @param service null for all services
     * @param reach service scope of the caller; null for all services
     */
    record DiffScope(
            ResolvedAsOfPoint from,
            ResolvedAsOfPoint to,
            @Nullable String service,
            @Nullable ServiceScope reach) {}
}
