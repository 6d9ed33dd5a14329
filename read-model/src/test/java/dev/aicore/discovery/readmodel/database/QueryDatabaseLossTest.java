package dev.aicore.discovery.readmodel.database;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aicore.discovery.config.testing.TcpProxy;
import dev.aicore.discovery.config.testing.TestPostgres;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Tests the loss of the database's machine without a closed connection, and its replacement by another one. */
@Tag("integration")
class QueryDatabaseLossTest {

    private static final int CONNECTIONS = 3;
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @RegisterExtension
    static final TestPostgres postgres = new TestPostgres();

    private final TcpProxy proxy = TcpProxy.to(postgres.port());
    private final Database database = new PoolConfig(
                    "r2dbc:postgresql://localhost:" + proxy.port() + "/" + postgres.database(),
                    postgres.user(),
                    postgres.password(),
                    CONNECTIONS,
                    Duration.ofSeconds(4),
                    Duration.ofSeconds(1))
            .open(new StoreCircuitBreaker("postgres", failure -> false));

    @AfterEach
    void close() {
        database.close();
        proxy.close();
    }

    @Test
    void silentConnection_isNotReused() {
        assertThat(readOnEach()).containsOnly("here");

        proxy.silence();
        assertThat(readOnEach()).containsOnly("away");

        assertThat(readOnEach()).containsOnly("here");
    }

    @Test
    void abandonedConnection_withoutAnswer_isNotReused() {
        assertThat(readOnEach()).containsOnly("here");

        proxy.silence();
        reads().timeout(Duration.ofMillis(500), Flux.empty()).blockLast(PATIENCE);

        assertThat(readOnEach()).containsOnly("here");
    }

    @Test
    void abandonedConnection_afterAnswer_isReused() {
        assertThat(readOnEach()).containsOnly("here");
        int connections = proxy.connections();

        reads().timeout(Duration.ofMillis(100), Flux.empty()).blockLast(PATIENCE);

        assertThat(readOnEach()).containsOnly("here");
        assertThat(proxy.connections()).isEqualTo(connections);
    }

    @Test
    void readsCancelledAtAnyStage_costNoConnection_andFailNoOther() {
        assertThat(readOnEach()).containsOnly("here");
        int connections = proxy.connections();

        for (int round = 0; round < 300; round++) {
            // While they wait for a connection, while the statement runs, and while rows arrive.
            reads(4 * CONNECTIONS, 0.002).take(Duration.ofMillis(round % 15)).blockLast(PATIENCE);
            assertThat(reads(2, 0.001).collectList().blockOptional(PATIENCE).orElseThrow())
                    .as("round %d", round)
                    .containsOnly("here");
        }

        assertThat(proxy.connections()).isEqualTo(connections);
    }

    private List<String> readOnEach() {
        return reads().collectList().blockOptional(PATIENCE).orElseThrow();
    }

    /** Runs as many reads at a time as there are connections, each long enough to overlap with all others. */
    private Flux<String> reads() {
        return reads(CONNECTIONS, 0.5);
    }

    private Flux<String> reads(int count, double seconds) {
        return Flux.range(0, count)
                .flatMap(i -> database.run(client -> client.sql("SELECT pg_sleep(" + seconds + "), 'here' AS answer")
                                .map(row -> PrefixedColumns.of(row).text("answer"))
                                .one())
                        .onErrorResume(Database::isUnavailable, _ -> Mono.just("away")));
    }
}
