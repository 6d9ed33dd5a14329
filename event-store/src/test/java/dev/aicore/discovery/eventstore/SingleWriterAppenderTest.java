package dev.aicore.discovery.eventstore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.aicore.discovery.config.settings.EventStoreSettings;
import dev.aicore.discovery.config.testing.TestPostgres;
import dev.aicore.discovery.config.time.TimeSource;
import dev.aicore.discovery.eventstore.ClaimFollower.OwnerWork;
import dev.aicore.discovery.eventstore.TestEvents.Opened;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
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
            successor.start();
            assertThat(successor.isAvailable()).isTrue();
        }
    }

    /** Tests that decisions without an append end before another node can own the store. */
    @Test
    void ownership_withoutRenewal_endsBeforeLease() {
        var nanos = new AtomicLong();
        var clock = new TimeSource() {
            @Override
            public Instant now() {
                return Instant.EPOCH;
            }

            @Override
            public long nanos() {
                return nanos.get();
            }
        };
        store.appender.close();
        try (var writer = new SingleWriterAppender(store.connections(), "other", store.settings, clock)) {
            writer.start();
            assertThatCode(writer::requireOwnership).doesNotThrowAnyException();
            // While another connection holds the head, no renewal succeeds.
            try (var slow = SlowAppend.begin(postgres, 0)) {
                nanos.set(store.settings.lease().toNanos() / 10 * 9);

                assertThatThrownBy(writer::requireOwnership).isInstanceOf(StoreUnavailableException.class);
                slow.rollBack();
            }
            await().untilAsserted(() -> assertThatCode(writer::requireOwnership).doesNotThrowAnyException());
        }
    }

    /** Tests that nothing that was begun under an earlier claim goes on under a later one. */
    @Test
    void deposedWriter_claimsStoreAgain_afterItsWorkHasEnded() {
        var steps = new ConcurrentLinkedQueue<String>();
        var mayEnd = new CountDownLatch(1);
        var work = new OwnerWork() {
            @Override
            public void begin() {
                steps.add("begun");
            }

            @Override
            public void end() {
                try {
                    var _ = mayEnd.await(1, TimeUnit.MINUTES);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
                steps.add("ended under claim " + store.appender.claim());
            }
        };
        try (var follower = new ClaimFollower("test", store.appender, work)) {
            follower.start();
            try (var successor = store.lane("successor")) {
                store.takeOver(successor);
                await().until(() -> store.appender.claim() == 0);
            }
            await().during(Duration.ofSeconds(1)).until(() -> store.appender.claim() == 0);

            mayEnd.countDown();

            await().until(() -> steps.size() == 3);
            assertThat(steps).containsExactly("begun", "ended under claim 0", "begun");
            assertThat(store.appender.claim()).isEqualTo(2);
        }
    }

    /** Tests work that fails when it begins: it is ended and begun again, also if the claim has ended meanwhile. */
    @Test
    void ownerWork_ifItFailsToBegin_isEndedAndBegunAgain() {
        var steps = new ConcurrentLinkedQueue<String>();
        var work = new OwnerWork() {
            @Override
            public void begin() {
                steps.add("begun");
                if (steps.size() == 1) {
                    throw new IllegalStateException("The store can't be read.");
                }
            }

            @Override
            public void end() {
                steps.add("ended");
            }
        };
        store.appender.close();
        try (var standby = store.lane("standby");
                var follower = new ClaimFollower("test", standby, work)) {
            try (var owner = store.lane("owner")) {
                owner.start();
                standby.start();
                follower.start();
                assertThat(steps).isEmpty();
            }
            await().until(() -> steps.size() == 3);
            assertThat(steps).containsExactly("begun", "ended", "begun");
        }
    }

    /** Tests that a fact of another node isn't missed by those who know the own appends only. */
    @Test
    void head_afterAppendOfOtherNode_includesItsFact() {
        try (var headPoller = new HeadPoller(store.reader, Duration.ofMinutes(10))) {
            headPoller.start();
            await().until(() -> headPoller.head() != null);
            store.appender.addListener(headPoller);
            try (var other = SlowAppend.begin(postgres, 0)) {
                other.commit();
            }

            store.append(1, 0, TestEvents.beats(1));

            await().untilAsserted(() -> {
                var head = Objects.requireNonNull(headPoller.head());
                assertThat(head.position()).isEqualTo(2);
                assertThat(head.lastFact()).isEqualTo(1);
            });
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
                if (attempts.incrementAndGet() == 2) {
                    throw new SQLTransientConnectionException("The database is being restarted.");
                }
                return super.getConnection();
            }
        };
        try (var standby = new SingleWriterAppender(connections, "standby", TestStore.small())) {
            standby.start();
            postgres.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database()"
                    + " AND application_name = 'service-discovery-lane'");
            await().until(() -> attempts.get() > 2);
            await().until(store.appender::isAvailable);
            assertThat(standby.claim()).isZero();

            store.appender.close();

            await().until(standby::isAvailable);
        }
    }

    @Test
    void start_ifStoreIsUnreadable_fails() {
        postgres.execute("ALTER TABLE store.nodes RENAME TO elsewhere");
        try (var standby = store.lane("standby")) {
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
