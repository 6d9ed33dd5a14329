package dev.aicore.discovery.query.discovery;

import dev.aicore.discovery.api.history.DiffView.LastChange;
import dev.aicore.discovery.query.discovery.InstanceEvidence.AdminChanges;
import dev.aicore.discovery.query.history.LastEntryMapper;
import dev.aicore.discovery.query.instance.InstanceRowMapper;
import dev.aicore.discovery.query.instance.InstanceVersionSql;
import dev.aicore.discovery.readmodel.ModelTable;
import dev.aicore.discovery.readmodel.database.Database;
import dev.aicore.discovery.readmodel.database.PrefixedColumns;
import java.util.Map;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.publisher.Mono;

/** Reads the facts known about an instance at a position. */
final class InstanceEvidenceReader {

    private static final String VERSION = """
            SELECT latest.service AS service, %s, %s, %s
            FROM (SELECT v.*, v.declaration::jsonb ->> 'name' AS service, v.declaration::jsonb ->> 'weight' AS weight FROM (%s) v) latest
            LEFT JOIN LATERAL (%s) declared ON true
            LEFT JOIN LATERAL (%s) weight ON true
            """.formatted(
                    InstanceVersionSql.columns("latest"),
                    LastEntryMapper.columns("declared"),
                    LastEntryMapper.columns("weight"),
                    InstanceVersionSql.latest(":id", "<= :position"),
                    beganSql("v.declared", "latest.declared", "<> 'active'"),
                    beganSql("v.declaration ->> 'weight'", "latest.weight", "= '0'"));

    /**
     * Facts since the last registration only: the id may have belonged to another service before, about which this
     * service's callers may know nothing.
     */
    private static final String LAST =
            """
            SELECT DISTINCT ON (e.type) e.type, e.position, e.at, e.actor, e.summary, e.reason
            FROM (%s) latest JOIN %s e
              ON e.instance_id = latest.id AND e.service = latest.declaration::jsonb ->> 'name'
            WHERE e.position <= :position AND e.position >= coalesce((
                SELECT max(r.position) FROM %s r
                WHERE r.instance_id = :id AND r.type = 'InstanceRegistered' AND r.position <= :position), 0)
            ORDER BY e.type, e.position DESC
            """.formatted(InstanceVersionSql.latest(":id", "<= :position"), ModelTable.AUDIT, ModelTable.AUDIT);

    private final Database database;
    private final InstanceRowMapper rowMapper;

    InstanceEvidenceReader(Database database, InstanceRowMapper rowMapper) {
        this.database = database;
        this.rowMapper = rowMapper;
    }

    Mono<InstanceEvidence> read(String id, long position) {
        return database.run(client -> last(client, id, position)
                .flatMap(last -> client.sql(VERSION)
                        .bind("id", id)
                        .bind("position", position)
                        .map(row -> read(PrefixedColumns.of(row), last))
                        .one()
                        .defaultIfEmpty(new InstanceEvidence(null, null, null, last, AdminChanges.NONE))));
    }

    private static Mono<Map<String, LastChange>> last(DatabaseClient client, String id, long position) {
        return client.sql(LAST)
                .bind("id", id)
                .bind("position", position)
                .map(row ->
                        Map.entry(PrefixedColumns.of(row).text("type"), LastEntryMapper.read(PrefixedColumns.of(row))))
                .all()
                .collectMap(Map.Entry::getKey, Map.Entry::getValue);
    }

    private InstanceEvidence read(PrefixedColumns row, Map<String, LastChange> last) {
        var version = new PrefixedColumns(row.row(), "latest_");
        var adminChanges = new AdminChanges(
                LastEntryMapper.readOrNull(new PrefixedColumns(row.row(), "declared_")),
                LastEntryMapper.readOrNull(new PrefixedColumns(row.row(), "weight_")));
        return new InstanceEvidence(
                row.text("service"),
                version.textOrNull("gone"),
                InstanceVersionSql.present(rowMapper, version),
                last,
                adminChanges);
    }

    /**
     * Returns SQL for the fact that began the latest version's value, since the instance was registered; no row unless
     * the value satisfies the condition.
     */
    private static String beganSql(String value, String latest, String such) {
        return """
                SELECT e.position, e.at, e.actor, e.summary, e.reason FROM %4$s e
                WHERE e.position = CASE WHEN %2$s %3$s THEN coalesce(
                    (SELECT v.to_position FROM %5$s v
                     WHERE v.id = latest.id AND v.from_position < latest.from_position
                       AND (v.gone = 'deregistered' OR v.registered_at <> latest.registered_at OR %1$s IS DISTINCT FROM %2$s)
                     ORDER BY v.from_position DESC LIMIT 1),
                    (SELECT min(v.from_position) FROM %5$s v WHERE v.id = latest.id)) END
                """.formatted(value, latest, such, ModelTable.AUDIT, ModelTable.INSTANCE_VERSIONS);
    }
}
