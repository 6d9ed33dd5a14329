package dev.aicore.discovery.query.configuration;

import dev.aicore.discovery.api.configuration.ConfigurationKey;
import dev.aicore.discovery.api.error.ErrorCode;
import dev.aicore.discovery.api.error.RegistryException;
import dev.aicore.discovery.query.configuration.KeyValues.KeyValueEntry;
import dev.aicore.discovery.query.watching.ChangePollReader;
import dev.aicore.discovery.readmodel.ModelTable;
import dev.aicore.discovery.readmodel.WatermarkSql;
import dev.aicore.discovery.readmodel.database.Database;
import dev.aicore.discovery.readmodel.database.PositionedResult;
import dev.aicore.discovery.readmodel.database.PrefixedColumns;
import java.util.List;
import java.util.Optional;
import org.springframework.util.unit.DataSize;
import reactor.core.publisher.Mono;

/**
 * Reads present and past keys: those of the key/value store, and those of the configurations of services, as one
 * sequence. Each statement returns at least one row, so that the position is known even if nothing is found.
 */
final class KeyValueReader {

    private static final String MARK = WatermarkSql.positionOf("configurations");

    private final Database database;
    private final long maxReadBytes;
    private final ChangePollReader poller;

    /** @param maxReadBytes maximum size of the values of one result */
    KeyValueReader(Database database, DataSize maxReadBytes) {
        this.database = database;
        this.maxReadBytes = maxReadBytes.toBytes();
        this.poller = new ChangePollReader(database, "configurations", """
                (SELECT key COLLATE "default" AS service, from_position FROM %s
                 UNION ALL SELECT %s, from_position FROM %s) changes""".formatted(
                        ModelTable.KEY_VALUES, configurationKey("service"), ModelTable.CONFIGURATION_VERSIONS));
    }

    /** Returns the poller that finds the keys that have changed. */
    ChangePollReader poller() {
        return poller;
    }

    /**
     * Returns the selected keys at a position; {@link Long#MAX_VALUE} for the present.
     *
     * @return fails with {@code answer_too_large}
     */
    Mono<PositionedResult<KeyValues>> read(KeySelection selection, long upTo) {
        return Mono.defer(() -> {
            var size = new ReadSize();
            return database.run(client -> client.sql(selected(selection))
                    .bind("text", selection.text())
                    .bind("service", selection.services().text())
                    .bind("up_to", upTo)
                    .map(row -> row(PrefixedColumns.of(row), size))
                    .all()
                    .collectList()
                    .map(KeyValueReader::combine));
        });
    }

    private static PositionedResult<KeyValues> combine(List<KeyRow> rows) {
        var entries = rows.stream().flatMap(row -> row.entry().stream()).toList();
        var first = rows.getFirst();
        return new PositionedResult<>(new KeyValues(entries, first.mark(), first.index()), first.mark());
    }

    private static String selected(KeySelection selection) {
        return """
                WITH states AS (SELECT * FROM (%s) keys UNION ALL SELECT * FROM (%s) configurations)
                SELECT mark.position AS mark, coalesce((SELECT max(from_position) FROM states), 0) AS index, found.*
                FROM (%s) mark LEFT JOIN (SELECT * FROM states WHERE NOT deleted) found ON true
                ORDER BY found.key COLLATE "C"
                """.formatted(keyStates(selection), configurationStates(selection), MARK);
    }

    /** Returns SQL for the last state of each selected key up to a position, deleted or not. */
    private static String keyStates(KeySelection selection) {
        return """
                SELECT DISTINCT ON (key) key, from_position, created_position, flags, version, %s AS value,
                       value IS NULL AS deleted
                FROM %s WHERE %s AND from_position <= :up_to
                ORDER BY key, from_position DESC
                """.formatted(
                        selection.withValues() ? "value" : "NULL::bytea",
                        ModelTable.KEY_VALUES,
                        selection.isPrefix() ? "key >= :text AND starts_with(key, :text)" : "key = :text");
    }

    /** Does the same for configurations. One was created by its first version after its last deletion. */
    private static String configurationStates(KeySelection selection) {
        return """
                SELECT %1$s AS key, last.from_position, (
                           SELECT min(c.from_position) FROM %2$s c
                           WHERE c.service = last.service AND c.content IS NOT NULL AND c.from_position > coalesce((
                               SELECT max(d.from_position) FROM %2$s d
                               WHERE d.service = last.service AND d.content IS NULL AND d.from_position <= last.from_position
                           ), 0)
                       ), 0, last.version, %3$s, last.content IS NULL
                FROM (
                    SELECT DISTINCT ON (service) service, from_position, version, content
                    FROM %2$s WHERE %4$s AND from_position <= :up_to
                    ORDER BY service, from_position DESC
                ) last
                """.formatted(
                        configurationKey("last.service"),
                        ModelTable.CONFIGURATION_VERSIONS,
                        selection.withValues() ? "convert_to(last.content, 'UTF8')" : "NULL::bytea",
                        selection.services().isPrefix() ? "starts_with(service, :service)" : "service = :service");
    }

    /** Returns the SQL of a configuration's key. */
    private static String configurationKey(String service) {
        return "'" + ConfigurationKey.PREFIX + "' || " + service + " || '" + ConfigurationKey.SUFFIX + "'";
    }

    private record KeyRow(long mark, long index, Optional<KeyValueEntry> entry) {}

    /** Counts the bytes of one result. */
    private final class ReadSize {

        private long bytes;

        byte[] count(byte[] value) {
            bytes += value.length;
            if (bytes > maxReadBytes) {
                throw new RegistryException(
                        ErrorCode.ANSWER_TOO_LARGE,
                        "The values are larger than " + maxReadBytes
                                + " bytes (registry.key_values.max_read_bytes). Read them folder by folder.");
            }
            return value;
        }
    }

    private static KeyRow row(PrefixedColumns row, ReadSize size) {
        return new KeyRow(
                row.number("mark"),
                row.number("index"),
                row.isMissing("key") ? Optional.empty() : Optional.of(entry(row, size)));
    }

    private static KeyValueEntry entry(PrefixedColumns row, ReadSize size) {
        var value = row.bytesOrNull("value");
        return new KeyValueEntry(
                row.text("key"),
                value == null ? new byte[0] : size.count(value),
                row.number("flags"),
                row.integer("version"),
                row.number("created_position"),
                row.number("from_position"));
    }
}
