package dev.aicore.discovery.eventstore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.aicore.discovery.config.settings.EventStoreSettings;
import dev.aicore.discovery.config.testing.TestPostgres;
import dev.aicore.discovery.eventstore.TestEvents.Opened;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.jdbc.datasource.DelegatingDataSource;

@Tag("integration")
class SingleWriterAppenderTest {

    @RegisterExtension
    static final TestPostgres postgres = new TestPostgres();

    private final TestStore store = TestStore.fresh(postgres);

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void factsAndObservations_sharePositionSequence() {
        store.append(1, 0, new Opened("shard-1"), TestEvents.beats(3), TestEvents.renamed("a", "A"));
        store.append(1, 3, TestEvents.beats(5));

        assertThat(store.types(1)).containsExactly("Opened", "Beats", "Renamed", "Beats");
        var storeHead = store.reader.head();
        assertThat(storeHead.position()).isEqualTo(4);
        assertThat(storeHead.lastFact()).isEqualTo(3);
        assertThat(postgres.number("SELECT count(*) FROM store.observations")).isEqualTo(2);
        assertThat(postgres.number("SELECT count(*) FROM store.facts WHERE instance_id = 'a'"))
                .isEqualTo(1);
    }

    @Test
    void partitions_areCreatedAhead() {
        // Partitions have 100 positions; two of them are created ahead.
        for (int unit = 0; unit < 5; unit++) {
            store.append(
                    1,
                    unit * 50L,
                    IntStream.range(0, 50).mapToObj(i -> TestEvents.beats(1)).toArray());
        }
        assertThat(postgres.number("SELECT count(*) FROM pg_inherits WHERE inhparent = 'store.observations'::regclass"))
                .isBetween(5L, 6L);
        assertThat(postgres.number("SELECT count(*) FROM pg_partitioned_table WHERE partdefid <> 0"))
                .isZero();
        assertThat(store.types(1)).hasSize(250);
    }

    @Test
    void append_largerThanReadyPartitions_isStored() {
        var events = IntStream.range(0, 350).mapToObj(i -> TestEvents.beats(1)).toArray();

        store.append(1, 0, events);

        assertThat(store.types(1)).hasSize(350);
    }

    @Test
    void closedWriter_refusesAppendsAndReleasesStore() {
        store.appender.close();

        assertThatThrownBy(() -> store.append(1, 0, new Opened("shard-1")))
                .isInstanceOf(StoreUnavailableException.class)
                .hasMessageContaining("has stopped");
        try (var successor = store.lane("successor")) {
            assertThatCode(successor::start).doesNotThrowAnyException();
        }
    }

    @Test
    void writerRestart_underSameName_takesOverImmediately() {
        try (var again = store.lane("main")) {
            again.start();

            assertThatThrownBy(() -> store.append(1, 0, new Opened("shard-1"))).isInstanceOf(DeposedException.class);
        }
    }

    @Test
    void standbyWriter_survivesDatabaseOutage() {
        var attempts = new AtomicInteger();
        var connections = new DelegatingDataSource(store.connections()) {
            @Override
            public Connection getConnection() throws SQLException {
                if (attempts.incrementAndGet() == 3) {
                    throw new SQLTransientConnectionException("The database is being restarted.");
                }
                return super.getConnection();
            }
        };
        try (var standby = new SingleWriterAppender(connections, "standby", TestStore.small(Duration.ofMinutes(1)))) {
            var started = SlowAppend.inBackground(standby::start);
            await().until(() -> attempts.get() > 3 || started.isDone());
            assertThat(started).isNotDone();

            store.appender.close();

            assertThatCode(started::join).doesNotThrowAnyException();
            assertThat(standby.isAvailable()).isTrue();
        }
    }

    @Test
    void standbyWriter_ifStoreIsUnreadable_failsWithoutWaiting() {
        postgres.execute("ALTER TABLE store.head RENAME TO elsewhere");
        try (var standby =
                new SingleWriterAppender(store.connections(), "standby", TestStore.small(Duration.ofDays(1)))) {
            assertThatThrownBy(standby::start)
                    .isInstanceOf(StoreUnavailableException.class)
                    .hasMessageContaining("can't be claimed");
        }
    }

    @Test
    void shardCount_ifChanged_isRefused() {
        var defaults = EventStoreSettings.defaults();

        assertThatThrownBy(() -> new StoreMigration(postgres.pool(), defaults).migrate())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("has 64 shards")
                .hasMessageContaining("say 16");
        assertThatThrownBy(() -> store.append(64, 0, new Opened("shard-64")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("shard-64 is not one of the 64 shards");
    }
}
