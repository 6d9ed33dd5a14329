package dev.aicore.discovery.query.cache;

import dev.aicore.discovery.readmodel.database.Database;
import dev.aicore.discovery.readmodel.database.PrefixedColumns;
import reactor.core.publisher.Mono;

/** Reads the id of the event store. */
final class StoreIdReader {

    private static final String INCARNATION = "SELECT incarnation::text AS incarnation FROM store.head";

    private final Database database;

    StoreIdReader(Database database) {
        this.database = database;
    }

    /** Returns the store's id; empty if no store has been created yet. */
    Mono<String> incarnation() {
        return database.run(client -> client.sql(INCARNATION)
                .map(row -> PrefixedColumns.of(row).text("incarnation"))
                .one());
    }
}
