package dev.aicore.discovery.query.history;

import dev.aicore.discovery.api.access.ServiceScope;
import dev.aicore.discovery.api.history.ActionType;
import dev.aicore.discovery.api.history.HistoryEntry;
import dev.aicore.discovery.query.consistency.AuditedReads;
import dev.aicore.discovery.query.instance.InstanceRowMapper;
import dev.aicore.discovery.query.instance.InstanceVersionSql;
import dev.aicore.discovery.readmodel.ModelTable;
import dev.aicore.discovery.readmodel.database.Database;
import dev.aicore.discovery.readmodel.database.PositionedResult;
import dev.aicore.discovery.readmodel.database.PrefixedColumns;
import dev.aicore.discovery.readmodel.database.ScopeCondition;
import dev.aicore.discovery.web.ApiJson;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import tools.jackson.core.type.TypeReference;

/** Reads audit entries with the instance's state before and after each. */
final class HistoryEntryReader {

    private static final String COMPLETE = "WITH complete AS (" + AuditedReads.COMPLETE + ")";

    /** Statement that yields at least one row, so that the position is known even if there are no entries. */
    private static final String PAGE = COMPLETE
            + """
            SELECT complete.position AS mark, a.position, a.at, a.type, a.instance_id, a.service, a.summary,
                   a.evidence::text AS evidence, a.cause, a.actor, a.role, a.source_address, a.protocol, a.request_id,
                   a.idempotency_key, a.reason, %s, %s
            FROM complete
            LEFT JOIN LATERAL (
                SELECT * FROM %s e
                WHERE e.position <= complete.position AND %%1$s
                ORDER BY e.position %%2$s LIMIT :limit
            ) a ON true
            LEFT JOIN LATERAL (%s) before ON true
            LEFT JOIN LATERAL (%s) after ON true
            ORDER BY a.position %%2$s
            """.formatted(
                            InstanceVersionSql.columns("before"),
                            InstanceVersionSql.columns("after"),
                            ModelTable.AUDIT,
                            InstanceVersionSql.latest("a.instance_id", "< a.position"),
                            InstanceVersionSql.latest("a.instance_id", "<= a.position"));

    private static final TypeReference<Map<String, Object>> EVIDENCE = new TypeReference<>() {};

    private final Database database;
    private final InstanceRowMapper rowMapper;

    HistoryEntryReader(Database database, InstanceRowMapper rowMapper) {
        this.database = database;
        this.rowMapper = rowMapper;
    }

    /** Returns at most {@code limit} entries after a position, in the given order. */
    Mono<PositionedResult<List<HistoryEntry>>> page(EntryFilter filter, EntryOrder entryOrder, long behind, int limit) {
        var sql = PAGE.formatted(
                filter.where() + " AND e.position " + entryOrder.operator() + " :behind", entryOrder.sql());
        return database.run(client -> client.sql(sql)
                .bindValues(filter.values())
                .bind("behind", behind)
                .bind("limit", limit)
                .map(row -> row(PrefixedColumns.of(row)))
                .all()
                .collectList()
                .map(PositionedResult::combine));
    }

    /** Returns true if an instance with this id ever existed in the caller's service scope; null for all services. */
    Mono<Boolean> isKnown(String id, @Nullable ServiceScope scope) {
        var values = new HashMap<String, Object>(Map.of("id", id));
        if (scope != null) {
            values.put(ScopeCondition.PARAMETER, ScopeCondition.values(scope));
        }
        return database.run(client -> client.sql("SELECT EXISTS (SELECT 1 FROM %s WHERE instance_id = :id%s) AS known"
                        .formatted(ModelTable.AUDIT, ScopeCondition.andCondition("service", scope)))
                .bindValues(values)
                .map(row -> PrefixedColumns.of(row).bool("known"))
                .one());
    }

    private PositionedResult<Optional<HistoryEntry>> row(PrefixedColumns row) {
        return new PositionedResult<>(
                row.isMissing("position") ? Optional.empty() : Optional.of(entry(row)), row.number("mark"));
    }

    private HistoryEntry entry(PrefixedColumns row) {
        var type = row.text("type");
        return new HistoryEntry(
                row.number("position"),
                row.instant("at"),
                type,
                ActionType.of(type).jsonName(),
                row.textOrNull("instance_id"),
                row.textOrNull("service"),
                row.text("summary"),
                evidence(row.textOrNull("evidence")),
                InstanceVersionSql.present(rowMapper, new PrefixedColumns(row.row(), "before_")),
                InstanceVersionSql.present(rowMapper, new PrefixedColumns(row.row(), "after_")),
                row.textOrNull("cause"),
                row.text("actor"),
                row.text("role"),
                row.textOrNull("source_address"),
                row.text("protocol"),
                row.textOrNull("request_id"),
                row.textOrNull("idempotency_key"),
                row.textOrNull("reason"));
    }

    private static @Nullable Map<String, Object> evidence(@Nullable String json) {
        return json == null ? null : ApiJson.mapper().readValue(json, EVIDENCE);
    }
}
