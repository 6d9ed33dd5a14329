package dev.aicore.discovery.projection.cache;

import static dev.aicore.discovery.projection.cache.ServiceFactSamples.KEYS;
import static dev.aicore.discovery.projection.cache.ServiceFactSamples.deregistered;
import static dev.aicore.discovery.projection.cache.ServiceFactSamples.epoch;
import static dev.aicore.discovery.projection.cache.ServiceFactSamples.head;
import static dev.aicore.discovery.projection.cache.ServiceFactSamples.ids;
import static dev.aicore.discovery.projection.cache.ServiceFactSamples.keyOf;
import static dev.aicore.discovery.projection.cache.ServiceFactSamples.put;
import static dev.aicore.discovery.projection.cache.ServiceFactSamples.registered;
import static org.assertj.core.api.Assertions.assertThat;

import dev.aicore.discovery.config.testing.TestPostgres;
import dev.aicore.discovery.config.testing.TestRedis;
import dev.aicore.discovery.config.time.ManualTimeSource;
import dev.aicore.discovery.config.time.SequentialIdGenerator;
import dev.aicore.discovery.projection.ProjectionRuntime;
import dev.aicore.discovery.projection.testing.ReadModelStoreFixture;
import dev.aicore.discovery.readmodel.cache.DocumentHeader;
import dev.aicore.discovery.readmodel.cache.RedisConnections;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Runs single rounds without any other writer of documents. */
@Tag("integration")
class ReconcilerTest {

    @RegisterExtension
    static final TestPostgres POSTGRES = new TestPostgres();

    @RegisterExtension
    static final TestRedis REDIS = new TestRedis();

    private final ReadModelStoreFixture store = new ReadModelStoreFixture(POSTGRES);
    private final RedisConnections redis = new RedisConnections(REDIS.settings());
    private final RedisDocumentStore documents = new RedisDocumentStore(redis.writing(), redis.keys());
    private final ServiceDocumentReader reader = new ServiceDocumentReader(POSTGRES.pool(), 3, 100_000);
    private final ManualTimeSource time = ManualTimeSource.atNoon();
    private final AtomicBoolean wanted = new AtomicBoolean();
    private final Reconciler reconciler = new Reconciler(
            reader,
            documents,
            new RedisChangePublisher(reader, documents, () -> 0, time, () -> wanted.set(true)),
            new ChangedServiceQueue(10),
            wanted,
            Duration.ofSeconds(30),
            time,
            new SequentialIdGenerator(),
            new Random(1),
            () -> true);

    @BeforeEach
    void appendAndConnect() {
        store.append(1, registered("web", "w-1", 0), registered("web", "w-2", 1), registered("db", "d-1", 2));
        fold();
        Awaitility.await().ignoreExceptions().until(() -> !documents.isClaimed("nobody"));
    }

    @AfterEach
    void close() {
        reconciler.close();
        redis.close();
        store.close();
    }

    @Test
    void emptyCache_isFilledThenConfirmed() throws Exception {
        assertThat(reconciler.reconcile()).isEqualTo(2);
        assertThat(ids(REDIS, "web")).containsExactly("w-1", "w-2");
        assertThat(ids(REDIS, "db")).containsExactly("d-1");
        assertThat(epoch(REDIS).position()).isEqualTo(store.head());
        assertThat(epoch(REDIS).at()).isEqualTo(time.now().toEpochMilli());

        time.pass(Duration.ofSeconds(30));
        assertThat(reconciler.reconcile()).isZero();
        assertThat(epoch(REDIS).at()).isEqualTo(time.now().toEpochMilli());
    }

    @Test
    void flushedCache_isRefilledUnderNewEpoch() throws Exception {
        reconciler.reconcile();
        var before = epoch(REDIS);
        REDIS.commands().flushall();

        assertThat(reconciler.reconcile()).isEqualTo(2);
        assertThat(ids(REDIS, "web")).containsExactly("w-1", "w-2");
        assertThat(epoch(REDIS).store()).isEqualTo(before.store());
        assertThat(epoch(REDIS).mark()).isNotEqualTo(before.mark());
    }

    @Test
    void drift_isCorrected() throws Exception {
        reconciler.reconcile();
        var web = REDIS.commands().hgetall(keyOf("web"));
        store.append(1, deregistered("web", "w-1"));
        fold();
        REDIS.commands().del(keyOf("db"));

        assertThat(reconciler.reconcile()).isEqualTo(2);
        assertThat(ids(REDIS, "web")).containsExactly("w-2");
        assertThat(ids(REDIS, "db")).containsExactly("d-1");

        REDIS.commands().hset(keyOf("web"), web);
        REDIS.commands().set(keyOf("db"), "no document");
        assertThat(reconciler.reconcile()).isEqualTo(2);
        assertThat(ids(REDIS, "web")).containsExactly("w-2");
        assertThat(ids(REDIS, "db")).containsExactly("d-1");
        assertThat(reconciler.reconcile()).isZero();
    }

    /** Verifies that all documents are rewritten after a rebuild, which may change rows without a new position. */
    @Test
    void documents_afterRebuild_areRewritten() throws Exception {
        reconciler.reconcile();
        POSTGRES.execute(
                "ALTER TABLE models.instances RENAME TO before",
                "CREATE TABLE models.instances (LIKE models.before INCLUDING ALL)",
                "INSERT INTO models.instances SELECT * FROM models.before",
                "UPDATE models.instances SET owner = 'mended' WHERE id = 'd-1'");

        assertThat(reconciler.reconcile()).isEqualTo(2);
        assertThat(REDIS.commands().hget(keyOf("db"), DocumentHeader.INSTANCES)).contains("mended");
        assertThat(reconciler.reconcile()).isZero();
    }

    @Test
    void documents_ofRemovedServices_becomeTombstones() throws Exception {
        reconciler.reconcile();
        store.append(1, deregistered("db", "d-1"));
        fold();

        assertThat(reconciler.reconcile()).isEqualTo(1);
        assertThat(head(REDIS, "db").isTombstone()).isTrue();
        assertThat(REDIS.commands().pttl(keyOf("db"))).isPositive();
        assertThat(reconciler.reconcile()).isZero();
    }

    @Test
    void documentsAndEpoch_ofOtherStore_areReplaced() throws Exception {
        var other = "6f1c1f0e-0000-4000-8000-000000000002";
        var values = new DocumentHeader(other, "1:1", 1_000, 1_000).fields();
        for (var key : List.of(KEYS.epoch(), keyOf("web"), keyOf("old"))) {
            put(REDIS, key, values);
        }

        assertThat(reconciler.reconcile()).isEqualTo(3);
        assertThat(ids(REDIS, "web")).containsExactly("w-1", "w-2");
        assertThat(head(REDIS, "old").isTombstone()).isTrue();
        assertThat(epoch(REDIS).store())
                .isEqualTo(store.access.head().get().incarnation().toString());
    }

    /** Verifies that a cache of events that a restored store has lost is replaced, although it counts as newer. */
    @Test
    void documents_ofLostEvents_areReplaced() throws Exception {
        reconciler.reconcile();
        var lost = new DocumentHeader(epoch(REDIS).store(), "1:1", store.head() + 5, 1_000).fields();
        for (var key : List.of(keyOf("web"), keyOf("lost"))) {
            put(REDIS, key, lost);
        }

        assertThat(reconciler.reconcile()).isEqualTo(3);
        assertThat(REDIS.commands().keys("*")).isEmpty();
        assertThat(wanted).isTrue();
        assertThat(reconciler.reconcile()).isEqualTo(2);
        assertThat(ids(REDIS, "web")).containsExactly("w-1", "w-2");
        assertThat(REDIS.commands().exists(keyOf("lost"))).isZero();
    }

    @Test
    void epoch_ofLostEvents_isReplaced() throws Exception {
        reconciler.reconcile();
        var before = epoch(REDIS);
        put(REDIS, KEYS.epoch(), new DocumentHeader(before.store(), before.mark(), store.head() + 1, 1_000).fields());

        reconciler.reconcile();
        reconciler.reconcile();
        assertThat(epoch(REDIS).mark()).isNotEqualTo(before.mark());
        assertThat(epoch(REDIS).position()).isEqualTo(store.head());
        assertThat(ids(REDIS, "web")).containsExactly("w-1", "w-2");
    }

    @Test
    void oversizedService_isConfirmedWithoutInstances() throws Exception {
        store.append(1, registered("web", "w-3", 3), registered("web", "w-4", 4));
        fold();

        assertThat(reconciler.reconcile()).isEqualTo(2);
        assertThat(head(REDIS, "web").mark()).isEqualTo("many");
        assertThat(ids(REDIS, "web")).isEmpty();
        assertThat(reconciler.reconcile()).isZero();
    }

    private void fold() {
        store.foldAll(ReadModelStoreFixture.SETTINGS, ProjectionRuntime.folds());
        // Waits for the published watermark, too: it is all that this process knows of the fold.
        store.awaitTrue(
                () -> POSTGRES.number("SELECT max(position) FROM models.watermarks WHERE projection = 'instances'")
                        == store.head());
    }
}
