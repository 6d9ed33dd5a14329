package dev.aicore.discovery.query.explain;

import dev.aicore.discovery.api.history.DiffView.Last;
import dev.aicore.discovery.query.database.Columns;
import dev.aicore.discovery.query.database.Database;
import dev.aicore.discovery.query.history.LastOf;
import dev.aicore.discovery.query.instance.InstanceColumns;
import dev.aicore.discovery.query.instance.Versions;
import java.util.Map;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.publisher.Mono;

/** Reads what is known of an instance at a position. */
final class KnownReader {

    private static final String VERSION =
            """
            SELECT latest.service AS service, %s
            FROM (SELECT v.*, v.declaration::jsonb ->> 'name' AS service FROM (%s) v) latest
            """.formatted(Versions.columns("latest"), Versions.latest(":id", "<= :position"));

    private static final String LAST = """
            SELECT DISTINCT ON (e.type) e.type, e.position, e.at, e.actor, e.summary, e.reason
            FROM models.audit e WHERE e.instance_id = :id AND e.position <= :position
            ORDER BY e.type, e.position DESC
            """;

    private final Database database;
    private final InstanceColumns columns;

    KnownReader(Database database, InstanceColumns columns) {
        this.database = database;
        this.columns = columns;
    }

    Mono<Known> known(String id, long position) {
        return database.run(client -> last(client, id, position)
                .flatMap(last -> client.sql(VERSION)
                        .bind("id", id)
                        .bind("position", position)
                        .map(row -> known(Columns.of(row), last))
                        .one()
                        .defaultIfEmpty(new Known(null, null, null, last))));
    }

    private static Mono<Map<String, Last>> last(DatabaseClient client, String id, long position) {
        return client.sql(LAST)
                .bind("id", id)
                .bind("position", position)
                .map(row -> Map.entry(Columns.of(row).text("type"), LastOf.read(Columns.of(row))))
                .all()
                .collectMap(Map.Entry::getKey, Map.Entry::getValue);
    }

    private Known known(Columns row, Map<String, Last> last) {
        var version = new Columns(row.row(), "latest_");
        return new Known(row.text("service"), version.textOrNull("gone"), Versions.present(columns, version), last);
    }
}
