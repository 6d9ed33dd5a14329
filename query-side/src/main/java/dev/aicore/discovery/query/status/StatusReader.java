package dev.aicore.discovery.query.status;

import dev.aicore.discovery.api.health.BreakerState;
import dev.aicore.discovery.api.health.HealthState;
import dev.aicore.discovery.api.instance.AdminState;
import dev.aicore.discovery.api.instance.InstanceStatus;
import dev.aicore.discovery.api.lease.LeaseState;
import dev.aicore.discovery.api.status.RegistryStatusView.Registry;
import dev.aicore.discovery.api.status.RegistryStatusView.SelfPreservation;
import dev.aicore.discovery.api.status.RegistryStatusView.Store;
import dev.aicore.discovery.readmodel.ModelTable;
import dev.aicore.discovery.readmodel.database.Database;
import dev.aicore.discovery.readmodel.database.PrefixedColumns;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.publisher.Mono;

/** Reads the state of the store and counts of registered instances. */
final class StatusReader {

    private static final String PING = "SELECT 1 AS one";

    private static final String STORE = """
            SELECT incarnation::text AS incarnation, position, owner, shards::integer AS shards,
                   CASE WHEN isfinite(recorded_at) THEN recorded_at END AS recorded_at,
                   CASE WHEN isfinite(recorded_at) AND recorded_at > clock_timestamp() + interval '1 s'
                        THEN (extract(epoch FROM recorded_at - clock_timestamp()) * 1000)::bigint END AS clock_behind_ms
            FROM store.head
            """;

    private static final String STATES = """
            SELECT declared, lease, health, breaker, count(*) AS instances, 0::bigint AS services, 0::bigint AS preserving
            FROM %1$s GROUP BY declared, lease, health, breaker
            UNION ALL
            SELECT NULL, NULL, NULL, NULL, 0, count(DISTINCT service), count(DISTINCT service) FILTER (WHERE lease = 'overdue')
            FROM %1$s
            """.formatted(ModelTable.INSTANCES);

    /** The first services in self-preservation. */
    private static final String PRESERVING =
            """
            SELECT held.*, begun.at, begun.cause
            FROM (
                SELECT service, count(*) AS instances, count(*) FILTER (WHERE lease = 'overdue') AS overdue
                FROM %1$s
                WHERE service IN (SELECT service FROM %1$s WHERE lease = 'overdue' GROUP BY service ORDER BY service LIMIT %3$d)
                GROUP BY service
            ) held
            LEFT JOIN LATERAL (
                SELECT e.at, e.cause FROM %2$s e
                WHERE e.service = held.service AND e.type = 'PreservationEntered' ORDER BY e.position DESC LIMIT 1
            ) begun ON true
            ORDER BY held.service
            """.formatted(ModelTable.INSTANCES, ModelTable.AUDIT, Registry.MAX_PRESERVING);

    private static final String DAMPED = """
            SELECT count(*) AS instances FROM %s i
            CROSS JOIN LATERAL (
                SELECT (e.evidence ->> 'passes_needed')::integer AS passes FROM %s e
                WHERE e.instance_id = i.id AND e.type = 'HealthChanged' ORDER BY e.position DESC LIMIT 1
            ) turn
            WHERE i.health = 'unhealthy' AND turn.passes > 0
            """.formatted(ModelTable.INSTANCES, ModelTable.AUDIT);

    /** Age of the counts that callers share: many browsers ask for the status every few seconds. */
    private static final Duration MAX_AGE = Duration.ofMillis(250);

    private final Database database;
    private final Mono<Registry> sharedRegistry;

    StatusReader(Database database) {
        this.database = database;
        this.sharedRegistry = countRegistry().cache(counts -> MAX_AGE, failure -> Duration.ZERO, () -> Duration.ZERO);
    }

    /** Completes if PostgreSQL answers. */
    Mono<Void> ping() {
        return database.run(client -> client.sql(PING).then());
    }

    /** Returns the state of the store; empty if no store has been created yet. */
    Mono<Store> store() {
        return database.run(client ->
                client.sql(STORE).map(row -> store(PrefixedColumns.of(row))).one());
    }

    private static Store store(PrefixedColumns row) {
        return new Store(
                row.text("incarnation"),
                row.number("position"),
                row.instantOrNull("recorded_at"),
                row.text("owner"),
                row.integer("shards"),
                row.isMissing("clock_behind_ms") ? null : row.number("clock_behind_ms"));
    }

    /** Returns the counts of registered services and instances, which may be up to a quarter of a second old. */
    Mono<Registry> registry() {
        return sharedRegistry;
    }

    private Mono<Registry> countRegistry() {
        return database.run(client -> client.sql(STATES)
                .map(row -> count(PrefixedColumns.of(row)))
                .all()
                .collectList()
                .flatMap(counts -> Mono.zip(readPreserving(client, counts), readDamped(client, counts))
                        .map(both -> sum(counts, both.getT1(), both.getT2()))));
    }

    private static Mono<List<SelfPreservation>> readPreserving(DatabaseClient client, List<Count> counts) {
        if (counts.stream().noneMatch(Count::overdue)) {
            return Mono.just(List.of());
        }
        return client.sql(PRESERVING)
                .map(row -> preservation(PrefixedColumns.of(row)))
                .all()
                .collectList();
    }

    private static SelfPreservation preservation(PrefixedColumns row) {
        long instances = row.number("instances");
        long overdue = row.number("overdue");
        return new SelfPreservation(
                row.text("service"),
                instances,
                overdue,
                row.instantOrNull("at"),
                overdue + " of " + instances
                        + " instances are overdue, because too many fell silent at once. Discovery returns them"
                        + " last. Self-preservation ends when they send heartbeats again or expire."
                        + (row.isMissing("cause") ? "" : " Cause: " + row.text("cause")));
    }

    private static Mono<Long> readDamped(DatabaseClient client, List<Count> counts) {
        if (counts.stream().noneMatch(Count::unhealthy)) {
            return Mono.just(0L);
        }
        return client.sql(DAMPED)
                .map(row -> PrefixedColumns.of(row).number("instances"))
                .one();
    }

    /** Number of instances in one state; {@code status} is null in the single row that counts services. */
    private record Count(
            @Nullable InstanceStatus status,
            boolean overdue,
            boolean unhealthy,
            long instances,
            long services,
            long preserving) {}

    private static Count count(PrefixedColumns row) {
        return row.isMissing("declared")
                ? new Count(null, false, false, 0, row.number("services"), row.number("preserving"))
                : new Count(
                        InstanceStatus.of(
                                AdminState.of(row.text("declared")),
                                LeaseState.of(row.text("lease")),
                                HealthState.of(row.text("health")),
                                BreakerState.of(row.text("breaker"))),
                        LeaseState.of(row.text("lease")) == LeaseState.OVERDUE,
                        HealthState.of(row.text("health")) == HealthState.UNHEALTHY,
                        row.number("instances"),
                        0,
                        0);
    }

    private static Registry sum(List<Count> counts, List<SelfPreservation> preserving, long damped) {
        var byStatus = new LinkedHashMap<String, Long>();
        for (var instanceStatus : InstanceStatus.values()) {
            byStatus.put(instanceStatus.jsonName(), 0L);
        }
        long instances = 0;
        long services = 0;
        long overdue = 0;
        long preservingServices = 0;
        for (var count : counts) {
            instances += count.instances();
            services += count.services();
            preservingServices += count.preserving();
            overdue += count.overdue() ? count.instances() : 0;
            if (count.status() != null) {
                byStatus.merge(count.status().jsonName(), count.instances(), Long::sum);
            }
        }
        return new Registry(services, instances, byStatus, overdue, damped, preservingServices, preserving);
    }
}
