package dev.aicore.discovery.projection;

import static dev.aicore.discovery.projection.testing.InstanceFactSamples.T0;
import static dev.aicore.discovery.projection.testing.InstanceFactSamples.declared;
import static dev.aicore.discovery.projection.testing.InstanceFactSamples.expired;
import static dev.aicore.discovery.projection.testing.InstanceFactSamples.registered;
import static dev.aicore.discovery.projection.testing.InstanceFactSamples.removed;
import static dev.aicore.discovery.projection.testing.InstanceFactSamples.updated;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.aicore.discovery.api.instance.AdminState;
import dev.aicore.discovery.api.instance.InstanceFact;
import dev.aicore.discovery.api.shard.LeasesExtended;
import dev.aicore.discovery.api.shard.ShardOpened;
import dev.aicore.discovery.config.settings.ProjectionSettings;
import dev.aicore.discovery.config.testing.TestPostgres;
import dev.aicore.discovery.projection.processing.BatchFold;
import dev.aicore.discovery.projection.processing.ProjectionStatus;
import dev.aicore.discovery.projection.testing.RandomFactGenerator;
import dev.aicore.discovery.projection.testing.ReadModelStoreFixture;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.eventhandling.tokenstore.TokenStore;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.aop.framework.ProxyFactory;

/** Folds facts of the store into tables, on a real PostgreSQL. */
@Tag("integration")
class ProjectionRuntimeTest {

    @RegisterExtension
    static final TestPostgres POSTGRES = new TestPostgres();

    @Test
    void facts_areFoldedIntoRows() {
        try (var store = new ReadModelStoreFixture(POSTGRES)) {
            store.append(3, new ShardOpened("shard-3", 16, T0), registered("a", 0), registered("b", 1));
            store.append(3, expired("a"), updated("b", 2), new LeasesExtended("shard-3", T0, "pause", "Stood still."));
            store.append(3, removed("a"));
            store.foldAll(ReadModelStoreFixture.SETTINGS, ProjectionRuntime.folds());

            assertThat(store.texts("SELECT concat_ws(' ', id, service, shard, slot, owner, declaration_version,"
                            + " declaration ->> 'port', declared, lease, health, breaker, slot_position, position)"
                            + " FROM models.instances"))
                    .containsExactly("b user-service 3 1 alice 2 9090 active live healthy closed 3 5");
            assertThat(store.texts(
                            "SELECT concat_ws(' ', id, from_position, coalesce(to_position::text, '-'), lease, gone)"
                                    + " FROM models.instance_versions ORDER BY from_position"))
                    .containsExactly(
                            "a 2 4 live", "b 3 5 live", "a 4 7 expired", "b 5 - live", "a 7 - expired removed");
            assertThat(store.texts("SELECT concat_ws(' ', position, type, instance_id, endpoint, actor)"
                            + " FROM models.audit ORDER BY position"))
                    .containsExactly(
                            "2 InstanceRegistered a 10.0.0.1:8080 alice",
                            "3 InstanceRegistered b 10.0.0.1:8080 alice",
                            "4 LeaseExpired a 10.0.0.1:8080 registry",
                            "5 InstanceUpdated b 10.0.0.1:9090 alice",
                            "6 LeasesGraced registry",
                            "7 InstanceRemoved a 10.0.0.1:8080 registry");
        }
    }

    @Test
    void maintenance_isStoredInVersionsAndAudit() {
        try (var store = new ReadModelStoreFixture(POSTGRES)) {
            store.append(3, registered("a", 0), declared("a", 2, AdminState.MAINTENANCE), expired("a"));
            store.append(3, declared("a", 3, AdminState.ACTIVE));
            store.foldAll(ReadModelStoreFixture.SETTINGS, ProjectionRuntime.folds());

            assertThat(store.texts("SELECT concat_ws(' ', from_position, declaration_version, declared, lease)"
                            + " FROM models.instance_versions ORDER BY from_position"))
                    .containsExactly(
                            "1 1 active live", "2 2 maintenance live", "3 2 maintenance expired", "4 3 active expired");
            assertThat(store.texts("SELECT concat_ws(' ', id, declared, lease) FROM models.instances"))
                    .containsExactly("a active expired");
            assertThat(store.texts("SELECT summary FROM models.audit WHERE type = 'InstanceUpdated' ORDER BY position"))
                    .containsExactly(
                            "user-service at 10.0.0.1:8080 was put into maintenance by carol",
                            "user-service at 10.0.0.1:8080 was made active by carol");
        }
    }

    @Test
    void refoldedFacts_yieldSameRows() {
        try (var store = new ReadModelStoreFixture(POSTGRES)) {
            appendRandomFacts(store, 400);
            store.foldAll(ReadModelStoreFixture.SETTINGS, ProjectionRuntime.folds());
            var once = store.rows();

            store.resetTokens();
            store.foldAll(
                    new ProjectionSettings(
                            1,
                            7,
                            2,
                            ReadModelStoreFixture.SETTINGS.watermarkInterval(),
                            ReadModelStoreFixture.SETTINGS.lastSeenInterval()),
                    ProjectionRuntime.folds());

            assertThat(store.rows()).isEqualTo(once);
        }
    }

    @Test
    void axonReplay_changesNeitherRowsNorWatermark() {
        try (var store = new ReadModelStoreFixture(POSTGRES)) {
            appendRandomFacts(store, 400);
            try (var running = store.run()) {
                running.awaitHead();
                var once = store.rows();

                running.replay();

                assertThat(store.rows()).isEqualTo(once);
                assertThat(running.projectionRuntime.watermarks().position("instances"))
                        .isEqualTo(store.head());
            }
        }
    }

    @Test
    void watermark_beforeEndOfInterval_isPublished() {
        var seldom = new ProjectionSettings(
                1, 500, 4, Duration.ofSeconds(10), ReadModelStoreFixture.SETTINGS.lastSeenInterval());
        try (var store = new ReadModelStoreFixture(POSTGRES);
                var running = store.run(seldom, ProjectionRuntime.folds())) {
            running.awaitHead();
            // If each publication waited for the interval, the second one would take a whole interval.
            for (var id : List.of("a", "b")) {
                long last = store.append(2, registered(id, 0));
                await().atMost(Duration.ofSeconds(5))
                        .until(() -> POSTGRES.number(
                                        "SELECT coalesce(max(position), 0) FROM models.watermarks WHERE projection = 'instances'")
                                == last);
            }
        }
    }

    @Test
    void eightSegments_atRandomSpeeds_yieldRowsOfOneSegment() {
        try (var store = new ReadModelStoreFixture(POSTGRES)) {
            appendRandomFacts(store, 600);
            store.foldAll(settings(1, 500), ProjectionRuntime.folds());
            var one = store.rows();

            store.forgetModels();
            store.foldAll(settings(8, 20), wrapped(fold -> (connection, facts) -> {
                LockSupport.parkNanos(ThreadLocalRandom.current().nextLong(TimeUnit.MILLISECONDS.toNanos(40)));
                fold.fold(connection, facts);
            }));

            assertThat(store.rows()).isEqualTo(one);
            assertThat(POSTGRES.number("SELECT count(*) FROM store.tokens WHERE processor_name = 'read_models'"))
                    .isEqualTo(8);
        }
    }

    @Test
    void crash_afterFold_rollsBackRowsAndToken() throws Exception {
        try (var store = new ReadModelStoreFixture(POSTGRES)) {
            appendRandomFacts(store, 200);
            store.foldAll(settings(1, 500), ProjectionRuntime.folds());
            var clean = store.rows();

            store.forgetModels();
            var crashes = new AtomicInteger();
            var folds = wrapped(fold -> (connection, facts) -> {
                fold.fold(connection, facts);
                if (crashes.incrementAndGet() <= 2) {
                    throw new SQLException("The connection broke.", "08006");
                }
            });
            try (var running = store.run(settings(1, 500), folds)) {
                store.awaitTrue(() -> crashes.get() >= 2);
                running.awaitHead();
            }

            assertThat(store.rows()).isEqualTo(clean);
            assertThat(POSTGRES.number("SELECT count(*) FROM models.parked_facts"))
                    .isZero();
        }
    }

    @Test
    void failedTokenWrite_rollsBackRows() {
        var refused = new AtomicInteger();
        try (var store = new ReadModelStoreFixture(POSTGRES, tokens -> refusing(tokens, refused))) {
            appendRandomFacts(store, 200);
            try (var running = store.run()) {
                store.awaitTrue(() -> refused.get() >= 2);
                assertThat(store.rows()).isEmpty();
                assertThat(running.projectionRuntime.watermarks().position("instances"))
                        .isZero();
                refused.set(Integer.MIN_VALUE);
                running.awaitHead();
            }
            var recovered = store.rows();

            store.forgetModels();
            store.foldAll(settings(1, 500), ProjectionRuntime.folds());
            assertThat(store.rows()).isEqualTo(recovered);
        }
    }

    @Test
    void poisonFact_parksOwnInstanceOnly() {
        try (var store = new ReadModelStoreFixture(POSTGRES)) {
            store.append(1, registered("good", 0), registered("bad", 1));
            POSTGRES.execute("ALTER TABLE models.instance_versions ADD CONSTRAINT poison"
                    + " CHECK (declaration #>> '{metadata,v}' <> 'poison')");
            store.append(1, updated("bad", 2, Map.of("v", "poison")), updated("good", 2), updated("bad", 3));
            try (var running = store.run()) {
                running.awaitHead();
                assertThat(parked(store)).containsExactly("3 bad 1", "5 bad 0");
                assertThat(store.texts(
                                "SELECT concat_ws(' ', id, declaration_version) FROM models.instances ORDER BY id"))
                        .containsExactly("bad 1", "good 2");

                store.append(1, expired("bad"), updated("good", 3));
                running.awaitHead();
                assertThat(parked(store)).containsExactly("3 bad 1", "5 bad 0", "6 bad 0");
                assertThat(running.status("instances").parked()).isEqualTo(3);
                assertThat(running.status("instances").state()).isEqualTo(ProjectionStatus.State.LIVE);

                assertThat(running.projectionRuntime
                                .deadLetterQueue()
                                .retry("instances")
                                .folded())
                        .isZero();
                assertThat(parked(store)).containsExactly("3 bad 2", "5 bad 0", "6 bad 0");

                POSTGRES.execute("ALTER TABLE models.instance_versions DROP CONSTRAINT poison");
                assertThat(running.projectionRuntime
                                .deadLetterQueue()
                                .retry("instances")
                                .folded())
                        .isEqualTo(3);
                assertThat(parked(store)).isEmpty();
                store.append(1, updated("good", 4));
                running.awaitHead();
            }
            var healed = store.rows();

            store.forgetModels();
            store.foldAll(settings(1, 500), ProjectionRuntime.folds());
            assertThat(store.rows()).isEqualTo(healed);
        }
    }

    @Test
    void unstorableText_isParked() {
        try (var store = new ReadModelStoreFixture(POSTGRES)) {
            store.append(1, registered("good", 0), registered("bad", 1, Map.of("k", "a\0b")), updated("good", 2));
            store.append(1, updated("bad", 2));
            store.foldAll(ReadModelStoreFixture.SETTINGS, ProjectionRuntime.folds());

            assertThat(parked(store)).containsExactly("2 bad 1", "4 bad 0");
            assertThat(store.texts("SELECT concat_ws(' ', id, declaration_version) FROM models.instances"))
                    .containsExactly("good 2");
        }
    }

    @Test
    void factWithoutPredecessor_isParked() {
        try (var store = new ReadModelStoreFixture(POSTGRES)) {
            store.append(1, registered("good", 0), updated("never-registered", 2), updated("good", 2));
            store.foldAll(ReadModelStoreFixture.SETTINGS, ProjectionRuntime.folds());

            assertThat(parked(store)).containsExactly("2 never-registered 1");
            assertThat(POSTGRES.number("SELECT count(*) FROM models.audit")).isEqualTo(3);
        }
    }

    @Test
    void event_ofNewerRevision_stopsProjectionWithoutSkipping() {
        try (var store = new ReadModelStoreFixture(POSTGRES)) {
            long before = store.append(1, registered("a", 0));
            store.appendUnknown(1);
            store.append(1, registered("b", 1));
            try (var running = store.run()) {
                store.awaitTrue(() -> running.status("instances").state() == ProjectionStatus.State.FAILED
                        && running.status("instances").position() == before
                        && running.status("audit").position() == before);
                assertThat(running.status("instances").reason()).isEqualTo("newer_event");
                assertThat(running.status("instances").lag()).isEqualTo(2);
                assertThat(store.texts("SELECT id FROM models.instances")).containsExactly("a");
            }
            // Regardless of the stopped processor, a later reader must still receive the event.
            assertThat(POSTGRES.number("SELECT max((convert_from(token, 'UTF8')::jsonb ->> 'globalIndex')::bigint)"
                            + " FROM store.tokens"))
                    .isEqualTo(before);
        }
    }

    private static void appendRandomFacts(ReadModelStoreFixture store, int facts) {
        var randomFactGenerator = new RandomFactGenerator(42);
        var ids = IntStream.range(0, 30).mapToObj(n -> "i-" + n).toList();
        for (int i = 0; i < facts; i += 20) {
            for (InstanceFact fact : randomFactGenerator.next(20, ids)) {
                store.append(Math.floorMod(fact.id().hashCode(), 16), fact);
            }
        }
    }

    private static ProjectionSettings settings(int segments, int batchSize) {
        var base = ReadModelStoreFixture.SETTINGS;
        return new ProjectionSettings(segments, batchSize, segments, base.watermarkInterval(), base.lastSeenInterval());
    }

    private interface Wrapping {
        BatchFold around(BatchFold fold);
    }

    private static Map<String, BatchFold> wrapped(Wrapping wrapping) {
        var folds = new HashMap<String, BatchFold>();
        ProjectionRuntime.folds().forEach((name, fold) -> folds.put(name, wrapping.around(fold)));
        return folds;
    }

    private static TokenStore refusing(TokenStore tokens, AtomicInteger refused) {
        var proxy = new ProxyFactory(tokens);
        proxy.addAdvice((org.aopalliance.intercept.MethodInterceptor) call -> {
            if (call.getMethod().getName().equals("storeToken")
                    && call.getArguments()[0] instanceof TrackingToken
                    && refused.incrementAndGet() > 0) {
                throw new IllegalStateException("No token is written.");
            }
            return call.proceed();
        });
        return (TokenStore) proxy.getProxy();
    }

    private static List<String> parked(ReadModelStoreFixture store) {
        return store.texts("SELECT concat_ws(' ', position, instance_id, attempts) FROM models.parked_facts"
                + " WHERE projection = 'instances' ORDER BY position");
    }
}
