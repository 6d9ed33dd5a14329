package dev.aicore.discovery.projection;

import static dev.aicore.discovery.projection.testing.InstanceFactSamples.registered;
import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.aicore.discovery.config.testing.TcpProxy;
import dev.aicore.discovery.config.testing.TestPostgres;
import dev.aicore.discovery.projection.testing.ReadModelStoreFixture;
import java.sql.SQLException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Breaks connections silently, as if the database's machine vanished and another one took its address. */
@Tag("integration")
class ProjectionDatabaseLossTest {

    @RegisterExtension
    static final TestPostgres POSTGRES = new TestPostgres();

    private static final String WAITING =
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'";

    private final TcpProxy proxy = TcpProxy.to(POSTGRES.port());
    private final HikariDataSource pool = pool();

    @AfterEach
    void close() {
        pool.close();
        proxy.close();
    }

    @Test
    void batch_duringDatabaseLoss_isFoldedAgain() throws SQLException {
        try (var store = new ReadModelStoreFixture(POSTGRES, tokens -> tokens, pool, Duration.ofSeconds(1));
                var running = store.run()) {
            store.append(1, registered("a", 0));
            running.awaitHead();

            long last = loseDatabaseWhileFolding(store, registered("b", 1));

            store.awaitTrue(() -> running.projectionRuntime.watermarks().position("instances") >= last);
            assertThat(POSTGRES.texts("SELECT id FROM models.instances ORDER BY id"))
                    .containsExactly("a", "b");
        }
    }

    /** Ends the old machine's sessions without notice to their clients. */
    private long loseDatabaseWhileFolding(ReadModelStoreFixture store, Object fact) throws SQLException {
        try (var inTheWay = POSTGRES.pool().getConnection();
                var statement = inTheWay.createStatement()) {
            inTheWay.setAutoCommit(false);
            statement.execute("LOCK TABLE models.instances IN ACCESS EXCLUSIVE MODE");
            long last = store.append(1, fact);
            store.awaitTrue(() -> POSTGRES.number(WAITING) > 0);

            proxy.silence();
            statement.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                    + " WHERE datname = current_database() AND pid <> pg_backend_pid()");
            inTheWay.rollback();
            inTheWay.setAutoCommit(true);
            return last;
        }
    }

    private HikariDataSource pool() {
        var config = new HikariConfig();
        config.setJdbcUrl("jdbc:postgresql://localhost:" + proxy.port() + "/" + POSTGRES.database());
        config.setUsername(POSTGRES.user());
        config.setPassword(POSTGRES.password());
        config.setMaximumPoolSize(10);
        config.setConnectionTimeout(5_000);
        config.setValidationTimeout(1_000);
        return new HikariDataSource(config);
    }
}
