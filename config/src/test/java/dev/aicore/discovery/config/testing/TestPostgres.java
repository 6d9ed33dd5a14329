package dev.aicore.discovery.config.testing;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.SQLException;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A real PostgreSQL: one server for all tests of a JVM, an empty database for each test class.
 *
 * <pre>{@code
 * @RegisterExtension
 * static final TestPostgres postgres = new TestPostgres();
 * }</pre>
 */
public final class TestPostgres implements BeforeAllCallback, AfterAllCallback {

    /** Where the server stands: tests that load themselves a second time must not start a second one. */
    private static final String SERVER = TestPostgres.class.getName();

    private final String database = "test_" + UUID.randomUUID().toString().replace('-', '_');
    private @Nullable HikariDataSource pool;

    /** {@code jdbc:postgresql://…} of this database. */
    public String url() {
        return server().getJdbcUrl(user(), database);
    }

    /** {@code localhost}'s port, for other drivers. */
    public int port() {
        return server().getPort();
    }

    public String database() {
        return database;
    }

    public String user() {
        return "postgres";
    }

    public String password() {
        return "postgres";
    }

    /** Ten connections to this database; closed with the test class. */
    public HikariDataSource pool() {
        var current = pool;
        if (current == null) {
            throw new IllegalStateException("The database is made before all tests of the class.");
        }
        return current;
    }

    /** Runs statements, with autocommit. */
    public void execute(String... statements) {
        try (var connection = pool().getConnection();
                var statement = connection.createStatement()) {
            for (var sql : statements) {
                statement.execute(sql);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The number in the first column of the first row. */
    public long number(String query) {
        try (var connection = pool().getConnection();
                var statement = connection.createStatement();
                var row = statement.executeQuery(query)) {
            row.next();
            return row.getLong(1);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Makes the database; for use outside JUnit's extensions. */
    public TestPostgres open() {
        try (var connection = server().getPostgresDatabase().getConnection();
                var statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE " + database);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        var config = new HikariConfig();
        config.setJdbcUrl(url());
        config.setUsername(user());
        config.setPassword(password());
        config.setMaximumPoolSize(10);
        config.setMinimumIdle(0);
        pool = new HikariDataSource(config);
        return this;
    }

    /** Drops the database, whoever is still connected to it. */
    public void close() {
        pool().close();
        try (var connection = server().getPostgresDatabase().getConnection();
                var statement = connection.createStatement()) {
            statement.execute("DROP DATABASE " + database + " WITH (FORCE)");
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        open();
    }

    @Override
    public void afterAll(ExtensionContext context) {
        close();
    }

    private static EmbeddedPostgres server() {
        return (EmbeddedPostgres) System.getProperties().computeIfAbsent(SERVER, absent -> started());
    }

    private static EmbeddedPostgres started() {
        try {
            return EmbeddedPostgres.builder()
                    .setServerConfig("max_connections", "200")
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
