package dev.aicore.discovery.query.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aicore.discovery.config.testing.TestPostgres;
import dev.aicore.discovery.config.time.ManualTimeSource;
import dev.aicore.discovery.query.testing.ManualScheduler;
import dev.aicore.discovery.query.testing.QueryFixture;
import dev.aicore.discovery.readmodel.database.Database;
import dev.aicore.discovery.readmodel.database.PoolConfig;
import dev.aicore.discovery.readmodel.database.StoreCircuitBreaker;
import dev.aicore.discovery.readmodel.discovery.PickRows;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

@Tag("integration")
class PickFlusherTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @RegisterExtension
    static final QueryFixture registry = new QueryFixture();

    private final PickCounter pickCounter = new PickCounter(ManualTimeSource.atNoon(), 100);

    @BeforeEach
    void setWatermark() {
        registry.rows().watermark("audit", 100);
    }

    @Test
    void close_writesRemainingPicks() {
        var flush = new PickFlusher(
                pickCounter, new PickRows(registry.server().bean(Database.class), "node"), new ManualScheduler());
        flush.flush().block(PATIENCE);
        pickCounter.picked("random", "orders", "a");
        pickCounter.nextBatch();
        pickCounter.picked("random", "orders", "a");

        flush.close();

        assertThat(counted()).isEqualTo(2);
    }

    @Test
    void flush_duringDatabaseOutage_retainsPicks() {
        var here = new PickFlusher(
                pickCounter, new PickRows(registry.server().bean(Database.class), "node"), new ManualScheduler());
        here.flush().block(PATIENCE);
        pickCounter.picked("random", "orders", "a");
        try (var nowhere = closedDatabase(registry.postgres())) {
            var away = new PickFlusher(pickCounter, new PickRows(nowhere, "node"), new ManualScheduler());
            away.flush().block(PATIENCE);
            pickCounter.picked("random", "orders", "a");
            away.flush().block(PATIENCE);
        }
        assertThat(counted()).isZero();

        here.flush().block(PATIENCE);
        assertThat(counted()).isEqualTo(1);
        here.flush().block(PATIENCE);
        assertThat(counted()).isEqualTo(2);
    }

    private static long counted() {
        return registry.postgres().number("SELECT coalesce(sum(picks), 0) FROM models.picks");
    }

    /** Returns a database that nothing listens for. */
    private static Database closedDatabase(TestPostgres postgres) {
        return new PoolConfig(
                        "r2dbc:postgresql://localhost:1/" + postgres.database(),
                        postgres.user(),
                        postgres.password(),
                        1,
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(1))
                .open(new StoreCircuitBreaker("postgres", Database::isUnavailable));
    }
}
