package dev.aicore.discovery.query.history;

import dev.aicore.discovery.api.access.Reach;
import dev.aicore.discovery.api.history.Action;
import dev.aicore.discovery.api.history.HistoryEntry;
import dev.aicore.discovery.config.web.Json;
import dev.aicore.discovery.query.database.Columns;
import dev.aicore.discovery.query.database.Database;
import dev.aicore.discovery.query.database.Marked;
import dev.aicore.discovery.query.database.Within;
import dev.aicore.discovery.query.instance.InstanceColumns;
import dev.aicore.discovery.query.instance.Versions;
import dev.aicore.discovery.query.watermark.Audited;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import tools.jackson.core.type.TypeReference;

/** Reads what happened, with how the instance was before and after. */
final class EntriesReader {

    private static final String COMPLETE = "WITH complete AS (" + Audited.COMPLETE + ")";

    /** One row at least, so that the position is there even if nothing happened. */
    private static final String PAGE = COMPLETE
            + """
            SELECT complete.position AS mark, a.position, a.at, a.type, a.instance_id, a.service, a.summary,
                   a.evidence::text AS evidence, a.cause, a.actor, a.role, a.source_address, a.protocol, a.request_id,
                   a.idempotency_key, a.reason, %s, %s
            FROM complete
            LEFT JOIN LATERAL (
                SELECT * FROM models.audit e
                WHERE e.position <= complete.position AND %%1$s
                ORDER BY e.position %%2$s LIMIT :limit
            ) a ON true
            LEFT JOIN LATERAL (%s) before ON true
            LEFT JOIN LATERAL (%s) after ON true
            ORDER BY a.position %%2$s
            """.formatted(
                            Versions.columns("before"),
                            Versions.columns("after"),
                            Versions.latest("a.instance_id", "< a.position"),
                            Versions.latest("a.instance_id", "<= a.position"));

    private static final TypeReference<Map<String, Object>> EVIDENCE = new TypeReference<>() {};

    private final Database database;
    private final InstanceColumns columns;

    EntriesReader(Database database, InstanceColumns columns) {
        this.database = database;
        this.columns = columns;
    }

    /** At most {@code limit} entries behind a position, in that order. */
    Mono<Marked<List<HistoryEntry>>> page(EntryFilter filter, Order order, long behind, int limit) {
        var sql = PAGE.formatted(filter.where() + " AND e.position " + order.beyond() + " :behind", order.sql());
        return database.run(client -> client.sql(sql)
                .bindValues(filter.values())
                .bind("behind", behind)
                .bind("limit", limit)
                .map(row -> row(Columns.of(row)))
                .all()
                .collectList()
                .map(Marked::together));
    }

    /** Whether there ever was such an instance, of the services that the caller is bound to; null for all. */
    Mono<Boolean> isKnown(String id, @Nullable Reach reach) {
        var values = new HashMap<String, Object>(Map.of("id", id));
        if (reach != null) {
            values.put(Within.PARAMETER, Within.values(reach));
        }
        return database.run(
                client -> client.sql("SELECT EXISTS (SELECT 1 FROM models.audit WHERE instance_id = :id%s) AS known"
                                .formatted(Within.and("service", reach)))
                        .bindValues(values)
                        .map(row -> Columns.of(row).bool("known"))
                        .one());
    }

    private Marked<Optional<HistoryEntry>> row(Columns row) {
        return new Marked<>(row.isMissing("position") ? Optional.empty() : Optional.of(entry(row)), row.number("mark"));
    }

    private HistoryEntry entry(Columns row) {
        var type = row.text("type");
        return new HistoryEntry(
                row.number("position"),
                row.instant("at"),
                type,
                Action.of(type).word(),
                row.textOrNull("instance_id"),
                row.textOrNull("service"),
                row.text("summary"),
                evidence(row.textOrNull("evidence")),
                Versions.present(columns, new Columns(row.row(), "before_")),
                Versions.present(columns, new Columns(row.row(), "after_")),
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
        return json == null ? null : Json.mapper().readValue(json, EVIDENCE);
    }
}
