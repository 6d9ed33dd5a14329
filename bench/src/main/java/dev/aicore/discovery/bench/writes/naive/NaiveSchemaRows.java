package dev.aicore.discovery.bench.writes.naive;

import java.sql.Connection;
import java.sql.SQLException;

/** Creates the schema of the framework's tables. */
final class NaiveSchemaRows {

    static final String NAME = "naive";

    private NaiveSchemaRows() {}

    static void create(Connection connection) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute("CREATE SCHEMA " + NAME);
        }
    }
}
