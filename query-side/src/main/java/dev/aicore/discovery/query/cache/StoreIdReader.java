package dev.aicore.discovery.query.cache;

import dev.aicore.discovery.query.database.Database;
import dev.aicore.discovery.query.database.PrefixedColumns;
import reactor.core.publisher.Mono;

/** Reads which event store this is. */
final class StoreIdReader {

    private static final String INCARNATION = "SELECT incarnation::text AS incarnation FROM store.head";

    private final Database database;

    StoreIdReader(Database database) {
        this.database = database;
    }

    /** Empty if no store was made yet. */
    Mono<String> incarnation() {
        return database.run(client -> client.sql(INCARNATION)
                .map(row -> PrefixedColumns.of(row).text("incarnation"))
                .one());
    }
}
