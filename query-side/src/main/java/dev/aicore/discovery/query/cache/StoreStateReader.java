package dev.aicore.discovery.query.cache;

import dev.aicore.discovery.readmodel.database.Database;
import dev.aicore.discovery.readmodel.database.PrefixedColumns;
import reactor.core.publisher.Mono;

/** Reads the id and the last position of the event store. */
final class StoreStateReader {

    private static final String STATE = "SELECT incarnation::text AS incarnation, position FROM store.head";

    private final Database database;

    StoreStateReader(Database database) {
        this.database = database;
    }

    /**
     * Returns the store's state; empty if no store has been created yet.
     *
     * @param at current time in milliseconds since 1970
     */
    Mono<StoreState> read(long at) {
        return database.run(client -> client.sql(STATE)
                .map(row -> new StoreState(
                        PrefixedColumns.of(row).text("incarnation"),
                        PrefixedColumns.of(row).number("position"),
                        at))
                .one());
    }
}
