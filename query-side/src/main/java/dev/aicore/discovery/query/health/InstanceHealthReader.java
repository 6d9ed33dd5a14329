package dev.aicore.discovery.query.health;

import dev.aicore.discovery.api.access.ServiceScope;
import dev.aicore.discovery.api.health.BreakerState;
import dev.aicore.discovery.api.health.CheckFailureReason;
import dev.aicore.discovery.api.health.CheckResult;
import dev.aicore.discovery.api.health.ComponentCheck;
import dev.aicore.discovery.api.health.CompositeCheck;
import dev.aicore.discovery.api.health.HealthCheck;
import dev.aicore.discovery.api.health.HealthState;
import dev.aicore.discovery.api.instance.AdminState;
import dev.aicore.discovery.api.instance.InstanceHealthView;
import dev.aicore.discovery.api.instance.InstanceHealthView.BreakerDetail;
import dev.aicore.discovery.api.instance.InstanceHealthView.CheckDetail;
import dev.aicore.discovery.api.instance.InstanceHealthView.HealthDetail;
import dev.aicore.discovery.api.instance.InstanceHealthView.LeaseDetail;
import dev.aicore.discovery.api.instance.InstanceState;
import dev.aicore.discovery.api.lease.LeaseState;
import dev.aicore.discovery.api.shard.ObservationKind;
import dev.aicore.discovery.query.consistency.AuditedReads;
import dev.aicore.discovery.query.instance.DeadLetterSqlConditions;
import dev.aicore.discovery.readmodel.ModelTable;
import dev.aicore.discovery.readmodel.database.Database;
import dev.aicore.discovery.readmodel.database.PositionedResult;
import dev.aicore.discovery.readmodel.database.PrefixedColumns;
import dev.aicore.discovery.readmodel.database.ScopeCondition;
import dev.aicore.discovery.web.ApiJson;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.node.ObjectNode;

/** Reads the health of a present instance, and the facts that caused it. */
final class InstanceHealthReader {

    /** Join for the last fact of a type. Excludes facts about an earlier instance with the same id. */
    private static final String LAST = """
            LEFT JOIN LATERAL (
                SELECT e.at, e.cause, e.evidence FROM %s e
                WHERE e.instance_id = i.id AND e.type = '%%s' AND e.at >= i.registered_at
                ORDER BY e.position DESC LIMIT 1
            ) %%s ON true
            """.formatted(ModelTable.AUDIT);

    /** Statement that yields exactly one row, so that the position is known even if the instance isn't found. */
    private static final String ONE = """
            SELECT mark.position AS mark, i.id, i.service, i.declared, i.lease, i.health, i.breaker, i.lease_changed_at,
                   i.health_changed_at, i.declaration ->> 'health_check' AS declared_check,
                   turn.evidence::text AS turn, circuit.evidence::text AS circuit,
                   circuit.at AS circuit_at, circuit.cause AS circuit_cause,
                   coalesce((monitoring.evidence ->> 'monitored')::boolean, true) AS monitored,
                   waiting.position AS waits_from, result.kind::integer AS kind, result.first, result.second, result.observed_at
            FROM ("""
            + AuditedReads.COMPLETE
            + """
            ) mark
            CROSS JOIN (SELECT"""
            + " "
            + DeadLetterSqlConditions.first(":id")
            + """
             AS position) waiting
            LEFT JOIN %s i ON i.id = :id AND\s""".formatted(ModelTable.INSTANCES)
            + ScopeCondition.condition("i.service")
            + "\n"
            + LAST.formatted("HealthChanged", "turn")
            + LAST.formatted("CircuitChanged", "circuit")
            + LAST.formatted("MonitoringSwitched", "monitoring")
            + """
            LEFT JOIN %s result
                   ON result.shard = i.shard AND result.slot = i.slot AND result.position > i.slot_position
            """.formatted(ModelTable.CHECK_RESULTS);

    private static final TypeReference<List<CheckResult>> RESULTS = new TypeReference<>() {};

    private final Database database;

    InstanceHealthReader(Database database) {
        this.database = database;
    }

    /**
     * Returns the health of the instance with an id, if it is in the caller's service scope; null for all services.
     * Fails with {@code store_unavailable}, and with {@code not_yet_visible} if a fact about the instance is a dead
     * letter.
     */
    Mono<PositionedResult<Optional<InstanceHealthView>>> one(String id, @Nullable ServiceScope scope) {
        return database.run(client -> client.sql(ONE)
                .bind("id", id)
                .bind(ScopeCondition.PARAMETER, ScopeCondition.values(scope))
                .map(row -> row(PrefixedColumns.of(row)))
                .one());
    }

    private static PositionedResult<Optional<InstanceHealthView>> row(PrefixedColumns row) {
        return new PositionedResult<>(
                row.isMissing("id") ? Optional.empty() : Optional.of(view(row)), row.number("mark"));
    }

    private static InstanceHealthView view(PrefixedColumns row) {
        if (!row.isMissing("waits_from")) {
            throw DeadLetterSqlConditions.refusal("instance '" + row.text("id") + "'", row.number("waits_from"));
        }
        var state = new InstanceState(
                AdminState.of(row.text("declared")),
                LeaseState.of(row.text("lease")),
                HealthState.of(row.text("health")),
                BreakerState.of(row.text("breaker")));
        return new InstanceHealthView(
                row.text("id"),
                row.text("service"),
                state.status(),
                row.bool("monitored"),
                row.isMissing("kind") ? null : result(row),
                checks(row.textOrNull("declared_check")),
                health(state.health(), row),
                circuit(state.breaker(), row),
                new LeaseDetail(state.lease(), row.instant("lease_changed_at")));
    }

    private static List<CheckDetail> checks(@Nullable String declared) {
        var composite =
                declared == null ? null : CompositeCheck.of(ApiJson.mapper().readValue(declared, HealthCheck.class));
        return composite == null
                ? List.of()
                : composite.components().entrySet().stream()
                        .map(InstanceHealthReader::check)
                        .toList();
    }

    private static CheckDetail check(Map.Entry<String, ComponentCheck> entry) {
        var component = entry.getValue();
        return new CheckDetail(entry.getKey(), component.check().checkType(), component.status(), component.output());
    }

    private static CheckResult result(PrefixedColumns row) {
        var kind = ObservationKind.ofCode(row.integer("kind"));
        var at = row.instant("observed_at");
        return switch (kind) {
            case REPORTED_HEALTHY, REPORTED_UNHEALTHY -> CheckResult.reported(at, kind.passed());
            case CHECK_FAILED ->
                CheckResult.checked(at, CheckFailureReason.of(row.integer("first")), row.integer("second"));
            default -> CheckResult.checked(at, null, row.integer("first"));
        };
    }

    private static HealthDetail health(HealthState state, PrefixedColumns row) {
        var turn = evidence(row.textOrNull("turn"));
        int passesNeeded = turn.path("passes_needed").asInt(0);
        return new HealthDetail(
                state,
                row.instant("health_changed_at"),
                passesNeeded == 0 ? null : passesNeeded,
                ApiJson.mapper().treeToValue(turn.withArray("results"), RESULTS));
    }

    private static BreakerDetail circuit(BreakerState state, PrefixedColumns row) {
        var text = row.textOrNull("circuit");
        if (text == null) {
            return new BreakerDetail(state, null, null, null, null, null, null);
        }
        var calls = evidence(text);
        return new BreakerDetail(
                state,
                row.instant("circuit_at"),
                row.textOrNull("circuit_cause"),
                calls.path("calls").asInt(0),
                calls.path("failures").asInt(0),
                calls.path("slow").asInt(0),
                calls.has("retry_at") ? Instant.parse(calls.path("retry_at").asString()) : null);
    }

    /** Parses evidence. Unknown names, which a newer version may have added, are ignored. */
    private static ObjectNode evidence(@Nullable String json) {
        return json == null
                ? ApiJson.mapper().createObjectNode()
                : ApiJson.mapper().readValue(json, ObjectNode.class);
    }
}
