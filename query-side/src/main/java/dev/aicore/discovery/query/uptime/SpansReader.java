package dev.aicore.discovery.query.uptime;

import dev.aicore.discovery.api.instance.Breaker;
import dev.aicore.discovery.api.instance.Declared;
import dev.aicore.discovery.api.instance.Health;
import dev.aicore.discovery.api.instance.LeaseState;
import dev.aicore.discovery.api.instance.Status;
import dev.aicore.discovery.query.database.Columns;
import dev.aicore.discovery.query.database.Database;
import dev.aicore.discovery.query.instance.ParkedFacts;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** Reads what the instances of a service were in a window of time. */
final class SpansReader {

    private static final String DEREGISTERED = "deregistered";

    /**
     * Who was gone before the window is in it only by coming back to the service. What an instance was from a parked fact on isn't known, and
     * counts as nothing.
     */
    private static final String SPANS = """
            SELECT v.id, v.from_at, least(v.to_at, parked.at) AS to_at, v.declared, v.lease, v.health, v.breaker, v.gone
            FROM models.instance_versions v
            LEFT JOIN LATERAL (
                SELECT f.recorded_at AS at FROM store.facts f WHERE f.position = %s
            ) parked ON true
            WHERE v.service = :service AND v.from_position <= :position
              AND coalesce(least(v.to_at, parked.at) > :from, true) AND coalesce(v.from_at < parked.at, true)
              AND (v.gone IS NULL OR v.from_at > :from OR v.to_position <= :position AND EXISTS (
                SELECT 1 FROM models.instance_versions back
                WHERE back.id = v.id AND back.from_position = v.to_position AND back.service = v.service))
            ORDER BY v.id, v.from_position LIMIT :limit
            """.formatted(ParkedFacts.first("v.id", ":position"));

    private final Database database;

    SpansReader(Database database) {
        this.database = database;
    }

    /**
     * At most {@code limit}, ordered by instance and time.
     *
     * @param position that of the window's end
     */
    Mono<List<Span>> spans(String service, Window window, long position, int limit) {
        return database.run(client -> client.sql(SPANS)
                .bind("service", service)
                .bind("position", position)
                .bind("from", window.from().atOffset(ZoneOffset.UTC))
                .bind("limit", limit)
                .map(row -> span(Columns.of(row), window))
                .all()
                .collectList());
    }

    private static Span span(Columns row, Window window) {
        return new Span(
                row.text("id"),
                status(row),
                DEREGISTERED.equals(row.textOrNull("gone")),
                window.clip(row.instant("from_at")),
                window.clip(Objects.requireNonNullElse(row.instantOrNull("to_at"), window.to())));
    }

    private static @Nullable Status status(Columns row) {
        return row.isMissing("gone")
                ? Status.of(
                        Declared.of(row.text("declared")),
                        LeaseState.of(row.text("lease")),
                        Health.of(row.text("health")),
                        Breaker.of(row.text("breaker")))
                : null;
    }
}
