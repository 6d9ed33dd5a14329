package dev.aicore.discovery.embedded.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Scans all observations, in the maximum number of partitions and with the maximum number of concurrent scans. */
@Tag("integration")
class LockTableSizeTest {

    private static final int LOOKS = 8;

    /** Creates partitions as the writer does. */
    private static final String PARTITIONS = """
            DO $$ DECLARE name text; BEGIN
              FOR i IN 0..%d LOOP
                name := format('store.observations_%%s_%%s', i, i + 1);
                EXECUTE format('CREATE TABLE %%s (LIKE store.observations INCLUDING DEFAULTS INCLUDING STORAGE INCLUDING INDEXES)', name);
                EXECUTE format('CREATE UNIQUE INDEX ON %%s (shard, seq)', name);
                EXECUTE format('ALTER TABLE store.observations ATTACH PARTITION %%s FOR VALUES FROM (%%s) TO (%%s)', name, i, i + 1);
              END LOOP;
            END $$""".formatted(LockTableSize.PARTITIONS - 1);

    @TempDir
    Path directory;

    @Test
    void lockTable_holdsLocksOfConcurrentScansOverAllPartitions() throws Exception {
        try (var server = PostgresServer.start(directory);
                var first = connect(server)) {
            Flyway.configure()
                    .dataSource(server.jdbcUrl(), "registry", server.password())
                    .schemas("store")
                    .defaultSchema("store")
                    .locations("classpath:db/store")
                    .load()
                    .migrate();
            first.createStatement().execute(PARTITIONS);

            var looking = new ArrayList<Connection>();
            try {
                for (int i = 0; i < LOOKS; i++) {
                    var look = connect(server);
                    looking.add(look);
                    look.setAutoCommit(false);
                    assertThat(number(look, "SELECT count(*) FROM store.observations WHERE shard = 1"))
                            .isZero();
                }
                long held = number(first, "SELECT count(*) FROM pg_locks");
                System.out.println(LOOKS + " looks through " + LockTableSize.PARTITIONS + " partitions hold " + held
                        + " locks; room is made for " + LockTableSize.locks(LockTableSize.PARTITIONS));
                assertThat(held)
                        .as("the queries hold the expected number of locks")
                        .isGreaterThan(LOOKS * LockTableSize.PARTITIONS);
            } finally {
                close(looking);
            }
        }
    }

    private static void close(List<Connection> connections) throws SQLException {
        for (var connection : connections) {
            connection.close();
        }
    }

    private static Connection connect(PostgresServer server) throws SQLException {
        return DriverManager.getConnection(server.jdbcUrl(), "registry", server.password());
    }

    private static long number(Connection connection, String query) throws SQLException {
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery(query)) {
            rows.next();
            return rows.getLong(1);
        }
    }
}
