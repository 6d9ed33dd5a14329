package dev.aicore.discovery.eventstore;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.aicore.discovery.api.shard.ShardPartitioner;
import dev.aicore.discovery.eventstore.NodeRows.Membership;
import dev.aicore.discovery.eventstore.TestEvents.Opened;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.axonframework.modelling.command.ConcurrencyException;
import org.junit.jupiter.api.Test;

/** Tests the results of appends while the database is unavailable. */
abstract class OutageContract extends EventStoreContract {

    private static final int APPENDERS = 8;
    private static final int OUTAGES = 10;
    private static final int ACKNOWLEDGED_BETWEEN = 20;
    private static final int REFUSALS = 100;
    private static final String LANE =
            " FROM pg_stat_activity WHERE datname = current_database() AND application_name = 'service-discovery-lane'";

    @Test
    void acknowledgedAppends_acrossOutages_areStoredExactlyOnce() {
        var acknowledged = new ConcurrentLinkedQueue<String>();
        var refused = new ConcurrentLinkedQueue<String>();
        var enough = new AtomicBoolean();
        var appenders = IntStream.range(0, APPENDERS)
                .mapToObj(shard -> SlowAppend.inBackground(() -> append(shard, enough, acknowledged, refused)))
                .toList();
        for (int outage = 0; outage < OUTAGES; outage++) {
            int before = acknowledged.size();
            await().pollInterval(Duration.ofMillis(5))
                    .until(() -> acknowledged.size() > before + ACKNOWLEDGED_BETWEEN
                            || appenders.stream().anyMatch(CompletableFuture::isDone));
            postgres().execute("SELECT pg_terminate_backend(pid)" + LANE);
        }
        enough.set(true);
        appenders.forEach(appender -> assertThatCode(appender::join).doesNotThrowAnyException());

        var stored = stored();
        assertThat(acknowledged).hasSizeGreaterThan(OUTAGES * ACKNOWLEDGED_BETWEEN);
        assertThat(stored).doesNotHaveDuplicates().containsAll(acknowledged).noneMatch(refused::contains);
        assertThat(position()).isEqualTo(stored.size());
    }

    @Test
    void writer_afterLostConnection_reportsOutageAndRecovery() {
        var outages = new AtomicInteger();
        var recoveries = new AtomicInteger();
        store.appender.addListener(new AppendListener() {
            @Override
            public void onOutage(String reason) {
                outages.incrementAndGet();
            }

            @Override
            public void onRecovered() {
                recoveries.incrementAndGet();
            }
        });
        postgres().execute("SELECT pg_terminate_backend(pid)" + LANE);

        await().until(() -> outages.get() == 1 && recoveries.get() == 1);

        assertThatCode(() -> store.append(1, 0, new Opened("shard-1"))).doesNotThrowAnyException();
    }

    /** Tests that a deposed writer reports an outage first, so that listeners of outages only stop, too. */
    @Test
    void deposedWriter_reportsOutageBeforeDeposition() {
        var told = new ConcurrentLinkedQueue<String>();
        store.appender.addListener(new AppendListener() {
            @Override
            public void onOutage(String reason) {
                told.add("outage " + store.appender.isAvailable());
            }

            @Override
            public void onDeposed(DeposedException reason) {
                told.add("deposed");
            }
        });
        try (var successor = store.lane("successor")) {
            store.takeOver(successor);
            assertThatThrownBy(() -> store.append(1, 0, new Opened("shard-1"))).isInstanceOf(DeposedException.class);

            await().until(() -> told.contains("deposed"));
            assertThat(told).containsExactly("outage false", "deposed");
            assertThatThrownBy(store.appender::requireAvailable).isInstanceOf(StoreUnavailableException.class);
        }
    }

    /** Tests that a store that accepts connections but no appends isn't tried once per requested append. */
    @Test
    void append_ifRefusedRepeatedly_isRetriedWithBackOff() {
        var outages = new AtomicInteger();
        store.appender.addListener(new AppendListener() {
            @Override
            public void onOutage(String reason) {
                outages.incrementAndGet();
            }
        });
        postgres().execute("""
                CREATE FUNCTION store.refuse() RETURNS trigger LANGUAGE plpgsql AS
                $$ BEGIN RAISE EXCEPTION 'no space left' USING ERRCODE = '53100'; END $$""", """
                CREATE TRIGGER refuse BEFORE INSERT ON store.facts EXECUTE FUNCTION store.refuse()""");
        for (int i = 0; i < REFUSALS; i++) {
            assertThatThrownBy(() -> store.append(1, 0, new Opened("shard-1")))
                    .isInstanceOfSatisfying(StoreUnavailableException.class, refusal -> {
                        assertThat(refusal.isFull()).isTrue();
                        assertThat(refusal.outcomeUnknown()).isFalse();
                    });
        }
        assertThat(outages.get()).isBetween(2, REFUSALS / 2);

        postgres().execute("DROP TRIGGER refuse ON store.facts");
        await().until(() -> canAppend(0));
    }

    /**
     * Tests a late statement: the appender can't know whether the last statement of a broken connection is yet to be
     * executed.
     */
    @Test
    void lateStatement_ofEarlierEpoch_appendsNothing() throws SQLException {
        long epoch = store.reader.head().epoch();
        var earlier = membership();
        postgres().execute("SELECT pg_terminate_backend(pid)" + LANE);
        await().until(() -> store.appender.isAvailable() && postgres().number("SELECT count(*)" + LANE) == 1);
        await().until(() -> canAppend(0));

        try (var late = postgres().pool().getConnection()) {
            var event = new NewEvent(2, 0, "Opened", 1, true, null, "{\"shard\":\"late\"}".getBytes(UTF_8));
            long later = store.reader.head().epoch();
            assertThat(AppendRows.append(late, earlier, later, store.settings.lease(), List.of(event), List.of()))
                    .isEmpty();
            assertThat(AppendRows.append(late, membership(), epoch, store.settings.lease(), List.of(event), List.of()))
                    .isEmpty();
        }
    }

    @Test
    void stream_afterOutage_continues() {
        try (var events = store.all.openStream(PositionTokens.token(0))) {
            store.append(1, 0, new Opened("shard-1"));
            assertPositions(take(events, 1), 1, 1);
            postgres()
                    .execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                            + " WHERE datname = current_database() AND pid <> pg_backend_pid()");
            await().until(() -> canAppend(1));
            assertPositions(take(events, 1), 2, 2);
        } finally {
            postgres().pool().getHikariPoolMXBean().softEvictConnections();
        }
    }

    private Membership membership() {
        return new Membership("main", postgres().number("SELECT generation FROM store.nodes"), UUID.randomUUID());
    }

    private boolean canAppend(long seq) {
        try {
            store.append(1, seq, TestEvents.beats(1));
            return true;
        } catch (StoreUnavailableException e) {
            return false;
        }
    }

    private void append(int shard, AtomicBoolean enough, Collection<String> acknowledged, Collection<String> refused) {
        long seq = 0;
        for (int attempt = 0; !enough.get(); attempt++) {
            var name = shard + "-" + attempt;
            try {
                store.append(shard, seq, TestEvents.renamed("a", name));
                acknowledged.add(name);
                seq++;
            } catch (StoreUnavailableException e) {
                if (!e.outcomeUnknown()) {
                    refused.add(name);
                }
                seq = nextSeq(shard);
            } catch (ConcurrencyException e) {
                refused.add(name);
                seq = nextSeq(shard);
            }
        }
    }

    /**
     * Returns the next sequence number, as a repository determines it when it loads the shard again after a rollback.
     */
    private long nextSeq(int shard) {
        return store.engine.lastSequenceNumberFor(ShardPartitioner.name(shard)).orElse(-1L) + 1;
    }

    private List<String> stored() {
        return IntStream.range(0, APPENDERS)
                .boxed()
                .flatMap(shard ->
                        store.engine.readEvents(ShardPartitioner.name(shard)).asStream())
                .map(event -> ((TestEvents.Renamed) event.getPayload()).name())
                .toList();
    }
}
