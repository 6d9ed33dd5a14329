package dev.aicore.discovery.config.eventstore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.aicore.discovery.config.testing.TestPostgres;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

@Tag("integration")
class ReadConnectionsTest {

    @RegisterExtension
    static final TestPostgres postgres = new TestPostgres();

    private final TestStore store = TestStore.fresh(postgres);
    private final ReadConnections connections = ReadConnections.beside(postgres.pool(), 2, Duration.ofSeconds(1));

    @AfterEach
    void close() {
        connections.close();
        store.close();
    }

    @Test
    void whoeverReadsTheStoreGivesUpOnADatabaseThatDoesNotAnswer() throws Exception {
        var reader = new StoreReader(connections.pool());
        try (var inTheWay = postgres.pool().getConnection();
                var statement = inTheWay.createStatement()) {
            inTheWay.setAutoCommit(false);
            statement.execute("LOCK TABLE store.facts");

            var read = SlowWriter.inBackground(reader::head);

            await().until(read::isDone);
            assertThatThrownBy(read::join).hasCauseInstanceOf(StoreUnavailableException.class);
            inTheWay.rollback();
            inTheWay.setAutoCommit(true);
        }
        assertThat(reader.head().position()).isZero();
    }
}
