package dev.aicore.discovery.projection;

import dev.aicore.discovery.readmodel.ModelTable;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;

/** Creates and upgrades the tables of the read models in the schema {@code models}. The store's tables must exist. */
public final class ReadModelMigration {

    private final DataSource database;
    private final String schema;

    public ReadModelMigration(DataSource database) {
        this(database, ModelTable.SCHEMA);
    }

    /** Creates the migration for tables in another schema. */
    public ReadModelMigration(DataSource database, String schema) {
        this.database = database;
        this.schema = schema;
    }

    /**
     * Creates missing tables and upgrades existing ones.
     *
     * @throws org.flywaydb.core.api.FlywayException if a migration fails, or was changed after it had been applied
     */
    public void migrate() {
        Flyway.configure()
                .dataSource(database)
                .schemas(schema)
                .defaultSchema(schema)
                .table("schema_history")
                .locations("classpath:db/models")
                .load()
                .migrate();
    }
}
