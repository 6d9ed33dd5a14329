package dev.aicore.discovery.query.history;

import dev.aicore.discovery.api.health.BreakerState;
import dev.aicore.discovery.api.health.HealthState;
import dev.aicore.discovery.api.instance.AdminState;
import dev.aicore.discovery.api.instance.InstanceStatus;
import dev.aicore.discovery.api.lease.LeaseState;
import dev.aicore.discovery.query.instance.DeadLetterSqlConditions;
import dev.aicore.discovery.readmodel.ModelTable;
import dev.aicore.discovery.readmodel.database.Database;
import dev.aicore.discovery.readmodel.database.PrefixedColumns;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.r2dbc.core.DatabaseClient.GenericExecuteSpec;
import reactor.core.publisher.Mono;

/** Reads the statuses of a service's instances in a time window. */
final class StatusSpanReader {

    private static final String DEREGISTERED = "deregistered";

    /**
     * Statement for the spans. An instance that was gone before the window is included only if it returned to the
     * service. The status after a dead letter is unknown and is omitted.
     */
    private static final String SPANS = """
            SELECT v.id, v.from_at, least(v.to_at, parked.at) AS to_at, v.declared, v.lease, v.health, v.breaker, v.gone
            FROM %s v
            LEFT JOIN LATERAL (
                SELECT f.recorded_at AS at FROM store.facts f WHERE f.position = %s
            ) parked ON true
            WHERE v.service = :service AND v.from_position <= :position
              AND coalesce(least(v.to_at, parked.at) > :from, true) AND coalesce(v.from_at < parked.at, true)
              AND (v.gone IS NULL OR v.from_at > :from OR v.to_position <= :position AND EXISTS (
                SELECT 1 FROM %s back
                WHERE back.id = v.id AND back.from_position = v.to_position AND back.service = v.service))
            ORDER BY v.id, v.from_position LIMIT :limit
            """.formatted(
                    ModelTable.INSTANCE_VERSIONS,
                    DeadLetterSqlConditions.first("v.id", ":position"),
                    ModelTable.INSTANCE_VERSIONS);

    private static final String SPANS_OF_INSTANCES =
            SPANS.replace("WHERE v.service = :service", "WHERE v.service = :service AND v.id = ANY(:ids)");

    private final Database database;

    StatusSpanReader(Database database) {
        this.database = database;
    }

    /**
     * Returns at most {@code limit} spans, ordered by instance and time.
     *
     * @param ids instances to read; empty for all
     * @param position of the window's end
     */
    Mono<List<StatusSpan>> spans(String service, List<String> ids, TimeWindow timeWindow, long position, int limit) {
        return database.run(client -> statement(client, ids)
                .bind("service", service)
                .bind("position", position)
                .bind("from", timeWindow.from().atOffset(ZoneOffset.UTC))
                .bind("limit", limit)
                .map(row -> span(PrefixedColumns.of(row), timeWindow))
                .all()
                .collectList());
    }

    private static GenericExecuteSpec statement(DatabaseClient client, List<String> ids) {
        return ids.isEmpty()
                ? client.sql(SPANS)
                : client.sql(SPANS_OF_INSTANCES).bind("ids", ids.toArray(new String[0]));
    }

    private static StatusSpan span(PrefixedColumns row, TimeWindow timeWindow) {
        return new StatusSpan(
                row.text("id"),
                status(row),
                DEREGISTERED.equals(row.textOrNull("gone")),
                timeWindow.clip(row.instant("from_at")),
                timeWindow.clip(Objects.requireNonNullElse(row.instantOrNull("to_at"), timeWindow.to())));
    }

    private static @Nullable InstanceStatus status(PrefixedColumns row) {
        return row.isMissing("gone")
                ? InstanceStatus.of(
                        AdminState.of(row.text("declared")),
                        LeaseState.of(row.text("lease")),
                        HealthState.of(row.text("health")),
                        BreakerState.of(row.text("breaker")))
                : null;
    }
}
