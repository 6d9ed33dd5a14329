package dev.aicore.discovery.eventstore;

import dev.aicore.discovery.config.settings.EventStoreSettings;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;

/** Creates and upgrades the tables of the store, for tests, benchmarks and the server alike. */
public final class StoreMigration {

    private final DataSource database;
    private final EventStoreSettings settings;

    public StoreMigration(DataSource database, EventStoreSettings settings) {
        this.database = database;
        this.settings = settings;
    }

    /**
     * Creates the store if there is none, and upgrades an existing one.
     *
     * @throws IllegalStateException if the store was created with another number of shards
     * @throws StoreUnavailableException if the database fails
     */
    public void migrate() {
        Flyway.configure()
                .dataSource(database)
                .schemas("store")
                .defaultSchema("store")
                .table("schema_history")
                .locations("classpath:db/store")
                .load()
                .migrate();
        try (var connection = database.getConnection()) {
            int shards = HeadRows.openStore(connection, settings.shards());
            if (shards != settings.shards()) {
                throw new IllegalStateException("The event store has " + shards + " shards, the settings say "
                        + settings.shards() + ": the number is fixed. Set it back to " + shards + ".");
            }
            ClaimRows.create(connection, shards);
        } catch (SQLException e) {
            throw StoreUnavailableException.nothingDone("The event store's head can't be read.", e);
        }
    }
}
