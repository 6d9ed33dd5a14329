package dev.aicore.discovery.readmodel.database;

import dev.aicore.discovery.readmodel.ModelTable;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import reactor.core.publisher.Mono;

/** Deletes old rows of a table of counts, in statements of at most 10,000 rows each, so that each stays short. */
public final class OldCountRows {

    private static final int MAX_ROWS = 10_000;

    private final Database database;
    private final String statement;

    /**
     * Creates the deletion for one table.
     *
     * @param table which has the column {@code minute}
     */
    public OldCountRows(Database database, ModelTable table) {
        this.database = database;
        this.statement = """
                DELETE FROM %1$s WHERE ctid = ANY(ARRAY(
                    SELECT ctid FROM %1$s WHERE minute < :before LIMIT %2$d))
                """.formatted(table, MAX_ROWS);
    }

    /** Deletes the rows that are older than the retention. Fails if the database is away. */
    public Mono<Void> deleteOlder(Instant now, Duration retention) {
        var before = now.minus(retention).atOffset(ZoneOffset.UTC);
        return deleteSome(before)
                .expand(deleted -> deleted < MAX_ROWS ? Mono.empty() : deleteSome(before))
                .then();
    }

    private Mono<Long> deleteSome(OffsetDateTime before) {
        return database.run(
                client -> client.sql(statement).bind("before", before).fetch().rowsUpdated());
    }
}
