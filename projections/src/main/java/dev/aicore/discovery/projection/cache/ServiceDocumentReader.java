package dev.aicore.discovery.projection.cache;

import dev.aicore.discovery.readmodel.ModelTable;
import dev.aicore.discovery.readmodel.WatermarkSql;
import dev.aicore.discovery.readmodel.cache.DocumentHeader;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Reads the rows for the documents of services. Blocks. */
final class ServiceDocumentReader {

    /**
     * Maximum number of instances of a service that is cached in Redis: a larger document would be megabytes, recreated
     * with each change.
     */
    static final int MAX_INSTANCES = 2_000;

    /** Selects the position of the read models and the incarnation of the store. */
    private static final String NOW = """
            SELECT incarnation::text AS store, '%s'::regclass::oid::bigint AS tables,
                   (%s) AS position
            FROM store.head""".formatted(ModelTable.INSTANCES, WatermarkSql.positionOf("instances"));

    private static final String HEAD = "SELECT position FROM store.head";

    /** Excludes instances with a parked fact, whose rows are outdated. */
    private static final String PARKED = "EXISTS (SELECT FROM " + ModelTable.PARKED_FACTS
            + " p WHERE p.projection = 'instances' AND p.instance_id = i.id)";

    private static final String SERVICES = "SELECT now.store, now.tables, now.position, asked.service, found.*\nFROM ("
            + NOW + """
            ) now CROSS JOIN unnest(?::text[]) AS asked (service)
            CROSS JOIN LATERAL (
                SELECT count(*) AS number, sum(hashtextextended(kept.id, kept.position)) AS hash,
                       CASE WHEN sum(length(kept.declaration::text)) <= ? THEN json_agg(kept)::text END AS instances
                FROM (SELECT id, namespace, owner, declared, lease, health, breaker, declaration_version, registered_at,
                             updated_at, position, declaration
                      FROM %2$s i WHERE service = asked.service AND NOT %1$s ORDER BY id LIMIT ?) kept
            ) found""".formatted(PARKED, ModelTable.INSTANCES);

    private static final String MARKS = """
            SELECT service, '%s'::regclass::oid::bigint AS tables, count(*) AS number,
                   sum(hashtextextended(id, position)) AS hash
            FROM %s i WHERE NOT %s GROUP BY service""".formatted(ModelTable.INSTANCES, ModelTable.INSTANCES, PARKED);

    /**
     * Maximum size of all declarations of a service that is cached in Redis, in characters; bounds the memory, because
     * several services are read at once.
     */
    static final int MAX_CHARACTERS = 1_000_000;

    private final DataSource database;
    private final int maxInstances;
    private final int maxCharacters;

    ServiceDocumentReader(DataSource database, int maxInstances, int maxCharacters) {
        this.database = database;
        this.maxInstances = maxInstances;
        this.maxCharacters = maxCharacters;
    }

    /**
     * Position of the read models.
     *
     * @param store incarnation of the store
     * @param position position up to which all rows are visible
     */
    record StorePosition(String store, long position) {}

    /**
     * Rows of a service.
     *
     * @param mark text that differs whenever the rows do
     * @param instances instances as JSON, ordered by id; null if there are none, or more than the cache accepts
     */
    record ServiceRows(
            StorePosition now,
            String name,
            String mark,
            @Nullable String instances) {}

    /** Returns the current position; an empty list if the store hasn't been created yet. */
    List<StorePosition> readPosition() throws SQLException {
        try (var connection = database.getConnection();
                var select = connection.prepareStatement(NOW);
                var rows = select.executeQuery()) {
            var found = new ArrayList<StorePosition>();
            while (rows.next()) {
                found.add(readPosition(rows));
            }
            return found;
        }
    }

    /** Returns the position of the store's last event; 0 if the store hasn't been created yet. */
    long readHead() throws SQLException {
        try (var connection = database.getConnection();
                var select = connection.prepareStatement(HEAD);
                var rows = select.executeQuery()) {
            return rows.next() ? rows.getLong(1) : 0;
        }
    }

    /** Returns the rows of these services, all from one snapshot. */
    List<ServiceRows> services(Collection<String> names) throws SQLException {
        try (var connection = database.getConnection();
                var select = connection.prepareStatement(SERVICES)) {
            select.setObject(1, names.toArray(new String[0]));
            select.setInt(2, maxCharacters);
            select.setInt(3, maxInstances + 1);
            try (var rows = select.executeQuery()) {
                var found = new ArrayList<ServiceRows>();
                while (rows.next()) {
                    long number = rows.getLong("number");
                    found.add(new ServiceRows(
                            readPosition(rows),
                            rows.getString("service"),
                            readMark(rows, number),
                            number <= maxInstances ? rows.getString("instances") : null));
                }
                return found;
            }
        }
    }

    /** Returns the marks of all services with instances, by name. */
    Map<String, String> readMarks() throws SQLException {
        try (var connection = database.getConnection();
                var select = connection.prepareStatement(MARKS);
                var rows = select.executeQuery()) {
            var marks = new HashMap<String, String>();
            while (rows.next()) {
                marks.put(rows.getString("service"), readMark(rows, rows.getLong("number")));
            }
            return marks;
        }
    }

    /**
     * Returns the mark of a service. It includes the identity of the table, because a rebuild may correct rows without
     * a new position.
     */
    private String readMark(ResultSet row, long number) throws SQLException {
        if (number == 0) {
            return DocumentHeader.NONE;
        }
        return number > maxInstances ? "many" : number + ":" + row.getLong("tables") + ":" + row.getString("hash");
    }

    private static StorePosition readPosition(ResultSet row) throws SQLException {
        return new StorePosition(row.getString("store"), row.getLong("position"));
    }
}
