package dev.aicore.discovery.config.testing;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.testcontainers.postgresql.PostgreSQLContainer;

/**
 * Provides a real PostgreSQL: one server for all tests of a JVM, in a container if Docker is available and otherwise
 * embedded, and an empty database for each test class.
 *
 * <pre>{@code
 * @RegisterExtension
 * static final TestPostgres postgres = new TestPostgres();
 * }</pre>
 */
public final class TestPostgres implements BeforeAllCallback, AfterAllCallback {

    /**
     * System property with the server's port: tests that load themselves a second time must not start a second server.
     * As a literal it is the same object in all class loaders, and serves as their lock.
     */
    private static final String PORT = "dev.aicore.discovery.config.testing.TestPostgres.port";

    private static final String IMAGE = "postgres:18";
    private static final String MOST_CONNECTIONS = "200";

    private final String database = "test_" + UUID.randomUUID().toString().replace('-', '_');
    private @Nullable HikariDataSource pool;

    /** Returns the JDBC URL of this database. */
    public String url() {
        return url(database);
    }

    /** Returns the port on {@code localhost}, for other drivers. */
    public int port() {
        return serverPort();
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

    /** Returns a pool of ten connections to this database, which is closed with the test class. */
    public HikariDataSource pool() {
        var current = pool;
        if (current == null) {
            throw new IllegalStateException("The database is created before all tests of the class.");
        }
        return current;
    }

    /** Executes statements, with autocommit. */
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

    /** Returns the number in the first column of the first row. */
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

    /** Returns the texts in the first column of all rows. */
    public List<String> texts(String query) {
        try (var connection = pool().getConnection();
                var statement = connection.createStatement();
                var rows = statement.executeQuery(query)) {
            var texts = new ArrayList<String>();
            while (rows.next()) {
                texts.add(rows.getString(1));
            }
            return texts;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Creates the database, for use outside JUnit's extensions. */
    public TestPostgres open() {
        administer("CREATE DATABASE " + database);
        var config = new HikariConfig();
        config.setJdbcUrl(url());
        config.setUsername(user());
        config.setPassword(password());
        config.setMaximumPoolSize(10);
        config.setMinimumIdle(0);
        pool = new HikariDataSource(config);
        return this;
    }

    /** Drops the database, even if it has connections. */
    public void close() {
        pool().close();
        administer("DROP DATABASE " + database + " WITH (FORCE)");
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        open();
    }

    @Override
    public void afterAll(ExtensionContext context) {
        close();
    }

    private void administer(String statement) {
        try (var connection = DriverManager.getConnection(url("postgres"), user(), password());
                var prepared = connection.createStatement()) {
            prepared.execute(statement);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String url(String database) {
        return "jdbc:postgresql://localhost:" + serverPort() + "/" + database;
    }

    private static int serverPort() {
        synchronized (PORT) {
            var known = System.getProperty(PORT);
            int port = known == null ? started() : Integer.parseInt(known);
            System.setProperty(PORT, Integer.toString(port));
            return port;
        }
    }

    private static int started() {
        return ContainerRuntime.start("PostgreSQL", IMAGE, TestPostgres::container)
                .map(container -> container.getMappedPort(PostgreSQLContainer.POSTGRESQL_PORT))
                .orElseGet(TestPostgres::embedded);
    }

    private static PostgreSQLContainer container() {
        return new PostgreSQLContainer(IMAGE)
                .withUsername("postgres")
                .withPassword("postgres")
                .withCommand("postgres", "-c", "fsync=off", "-c", "max_connections=" + MOST_CONNECTIONS);
    }

    private static int embedded() {
        try {
            return EmbeddedPostgres.builder()
                    .setServerConfig("max_connections", MOST_CONNECTIONS)
                    .start()
                    .getPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
