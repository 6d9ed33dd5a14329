package dev.aicore.discovery.eventstore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.aicore.discovery.config.testing.TestPostgres;
import java.sql.SQLException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

@Tag("integration")
class JdbcQueryRunnerTest {

    @RegisterExtension
    static final TestPostgres postgres = new TestPostgres();

    private final TestStore store = TestStore.fresh(postgres);
    private final HikariDataSource pool = poolOfOne();
    private final StoreReader reader =
            new StoreReader(new JdbcQueryRunner(new TimeoutDataSource(pool, Duration.ofSeconds(1))));

    @AfterEach
    void close() {
        pool.close();
        store.close();
    }

    @Test
    void read_ifDatabaseDoesNotRespond_timesOut() throws Exception {
        try (var inTheWay = postgres.pool().getConnection();
                var statement = inTheWay.createStatement()) {
            inTheWay.setAutoCommit(false);
            statement.execute("LOCK TABLE store.facts");

            var read = SlowAppend.inBackground(reader::head);

            await().until(read::isDone);
            assertThatThrownBy(read::join).hasCauseInstanceOf(StoreUnavailableException.class);
            inTheWay.rollback();
            inTheWay.setAutoCommit(true);
        }
        assertThat(reader.head().position()).isZero();
    }

    @Test
    void pooledConnection_afterRead_hasNoNetworkTimeout() throws SQLException {
        reader.head();

        try (var connection = pool.getConnection()) {
            assertThat(connection.getNetworkTimeout()).isZero();
        }
    }

    private static HikariDataSource poolOfOne() {
        var config = new HikariConfig();
        config.setJdbcUrl(postgres.pool().getJdbcUrl());
        config.setUsername(postgres.pool().getUsername());
        config.setPassword(postgres.pool().getPassword());
        config.setMaximumPoolSize(1);
        return new HikariDataSource(config);
    }
}
