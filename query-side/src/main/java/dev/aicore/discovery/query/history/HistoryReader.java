package dev.aicore.discovery.query.history;

import dev.aicore.discovery.api.history.HistoryEntry;
import dev.aicore.discovery.api.instance.InstanceView;
import dev.aicore.discovery.config.web.Json;
import dev.aicore.discovery.query.database.Columns;
import dev.aicore.discovery.query.database.Database;
import dev.aicore.discovery.query.database.Marked;
import dev.aicore.discovery.query.instance.InstanceColumns;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import tools.jackson.core.type.TypeReference;

/** Reads what happened to an instance, present or gone, with how it was before and after. */
final class HistoryReader {

    /** What {@code Visibility} has to wait for on behalf of these reads. */
    static final Set<String> PROJECTIONS = Set.of("audit", "instances");

    private static final String VERSION = """
            SELECT v.id, v.namespace, v.owner, v.declaration::text AS declaration, v.declaration_version, v.declared, v.lease,
                   v.health, v.breaker, v.registered_at, v.updated_at, v.from_position, v.gone
            FROM models.instance_versions v
            WHERE v.id = a.instance_id AND v.from_position %s a.position
            ORDER BY v.from_position DESC LIMIT 1
            """;

    private static final String STATE = """
            %1$s.id AS %1$s_id, %1$s.namespace AS %1$s_namespace, %1$s.owner AS %1$s_owner,
            %1$s.declaration AS %1$s_declaration, %1$s.declaration_version AS %1$s_declaration_version,
            %1$s.declared AS %1$s_declared, %1$s.lease AS %1$s_lease, %1$s.health AS %1$s_health,
            %1$s.breaker AS %1$s_breaker, %1$s.registered_at AS %1$s_registered_at,
            %1$s.updated_at AS %1$s_updated_at, %1$s.from_position AS %1$s_from_position, %1$s.gone AS %1$s_gone
            """;

    /**
     * The audit and the versions are folded independently of each other: only what is in both is answered. One row at least,
     * so that the position is there even if nothing happened.
     */
    private static final String PAGE = """
            WITH complete AS (
                SELECT CASE WHEN count(*) = 2 THEN min(position) ELSE 0 END AS position
                FROM models.watermarks WHERE projection IN ('audit', 'instances')
            )
            SELECT complete.position AS mark,
                   EXISTS (SELECT 1 FROM models.audit k
                           WHERE k.instance_id = :id AND k.position <= complete.position) AS known,
                   a.position, a.at, a.type, a.summary, a.evidence::text AS evidence, a.cause, a.actor, a.role, a.source_address, a.protocol, a.request_id,
                   a.reason, %s, %s
            FROM complete
            LEFT JOIN LATERAL (
                SELECT * FROM models.audit e
                WHERE e.instance_id = :id AND e.position > :after AND e.position <= complete.position
                ORDER BY e.position LIMIT :limit
            ) a ON true
            LEFT JOIN LATERAL (%s) before ON true
            LEFT JOIN LATERAL (%s) after ON true
            ORDER BY a.position
            """.formatted(
            STATE.formatted("before"), STATE.formatted("after"), VERSION.formatted("<"), VERSION.formatted("<="));

    private static final TypeReference<Map<String, Object>> EVIDENCE = new TypeReference<>() {};

    private final Database database;
    private final InstanceColumns columns;

    HistoryReader(Database database, InstanceColumns columns) {
        this.database = database;
        this.columns = columns;
    }

    /**
     * A page of an instance's history.
     *
     * @param known whether the instance ever was
     * @param entries the oldest first
     */
    record Page(boolean known, List<HistoryEntry> entries) {}

    /** At most {@code limit} entries behind a position. */
    Mono<Marked<Page>> page(String id, long after, int limit) {
        return database.run(client -> client.sql(PAGE)
                .bind("id", id)
                .bind("after", after)
                .bind("limit", limit)
                .map(row -> row(Columns.of(row)))
                .all()
                .collectList()
                .map(HistoryReader::together));
    }

    private record Row(long mark, boolean known, Optional<HistoryEntry> entry) {}

    private Row row(Columns row) {
        return new Row(
                row.number("mark"),
                row.bool("known"),
                row.isMissing("position") ? Optional.empty() : Optional.of(entry(row)));
    }

    private HistoryEntry entry(Columns row) {
        return new HistoryEntry(
                row.number("position"),
                row.instant("at"),
                row.text("type"),
                row.text("summary"),
                evidence(row.textOrNull("evidence")),
                present(new Columns(row.row(), "before_")),
                present(new Columns(row.row(), "after_")),
                row.textOrNull("cause"),
                row.text("actor"),
                row.text("role"),
                row.textOrNull("source_address"),
                row.text("protocol"),
                row.textOrNull("request_id"),
                row.textOrNull("reason"));
    }

    private static @Nullable Map<String, Object> evidence(@Nullable String json) {
        return json == null ? null : Json.mapper().readValue(json, EVIDENCE);
    }

    private @Nullable InstanceView present(Columns version) {
        return version.isMissing("id") || !version.isMissing("gone")
                ? null
                : columns.read(version, version.number("from_position"), null);
    }

    private static Marked<Page> together(List<Row> rows) {
        var entries = rows.stream().flatMap(row -> row.entry().stream()).toList();
        return new Marked<>(
                new Page(rows.getFirst().known(), entries), rows.getFirst().mark());
    }
}
