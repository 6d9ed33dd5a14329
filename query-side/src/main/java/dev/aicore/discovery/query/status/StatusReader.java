package dev.aicore.discovery.query.status;

import dev.aicore.discovery.api.instance.Breaker;
import dev.aicore.discovery.api.instance.Declared;
import dev.aicore.discovery.api.instance.Health;
import dev.aicore.discovery.api.instance.LeaseState;
import dev.aicore.discovery.api.instance.Status;
import dev.aicore.discovery.api.status.StatusView.Registry;
import dev.aicore.discovery.api.status.StatusView.Store;
import dev.aicore.discovery.query.database.Columns;
import dev.aicore.discovery.query.database.Database;
import java.util.LinkedHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** Reads how far the store has come and what is registered. */
final class StatusReader {

    private static final String PING = "SELECT 1 AS one";

    private static final String STORE = """
            SELECT incarnation::text AS incarnation, position, owner, shards::integer AS shards,
                   CASE WHEN isfinite(recorded_at) THEN recorded_at END AS recorded_at
            FROM store.head
            """;

    private static final String STATES = """
            SELECT declared, lease, health, breaker, count(*) AS instances, 0::bigint AS services
            FROM models.instances GROUP BY declared, lease, health, breaker
            UNION ALL
            SELECT NULL, NULL, NULL, NULL, 0, count(DISTINCT service) FROM models.instances
            """;

    private final Database database;

    StatusReader(Database database) {
        this.database = database;
    }

    /** Completes if PostgreSQL answers. */
    Mono<Void> ping() {
        return database.run(client -> client.sql(PING).then());
    }

    /** Empty if no store was created yet. */
    Mono<Store> store() {
        return database.run(
                client -> client.sql(STORE).map(row -> store(Columns.of(row))).one());
    }

    private static Store store(Columns row) {
        return new Store(
                row.text("incarnation"),
                row.number("position"),
                row.instantOrNull("recorded_at"),
                row.text("owner"),
                row.integer("shards"));
    }

    /** What is registered, counted. */
    Mono<Registry> registry() {
        return database.run(client -> client.sql(STATES)
                .map(row -> count(Columns.of(row)))
                .all()
                .collectList()
                .map(StatusReader::sum));
    }

    private record Count(@Nullable Status status, long instances, long services) {}

    private static Count count(Columns row) {
        return row.isMissing("declared")
                ? new Count(null, 0, row.number("services"))
                : new Count(
                        Status.of(
                                Declared.of(row.text("declared")),
                                LeaseState.of(row.text("lease")),
                                Health.of(row.text("health")),
                                Breaker.of(row.text("breaker"))),
                        row.number("instances"),
                        0);
    }

    private static Registry sum(List<Count> counts) {
        var byStatus = new LinkedHashMap<String, Long>();
        for (var status : Status.values()) {
            byStatus.put(status.word(), 0L);
        }
        long instances = 0;
        long services = 0;
        for (var count : counts) {
            instances += count.instances();
            services += count.services();
            if (count.status() != null) {
                byStatus.merge(count.status().word(), count.instances(), Long::sum);
            }
        }
        return new Registry(services, instances, byStatus);
    }
}
