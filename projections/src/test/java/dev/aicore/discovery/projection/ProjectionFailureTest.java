package dev.aicore.discovery.projection;

import static dev.aicore.discovery.projection.testing.InstanceFactSamples.expired;
import static dev.aicore.discovery.projection.testing.InstanceFactSamples.registered;
import static dev.aicore.discovery.projection.testing.InstanceFactSamples.updated;
import static org.assertj.core.api.Assertions.assertThat;

import dev.aicore.discovery.projection.processing.ProjectionStatus;
import dev.aicore.discovery.projection.testing.ReadModelStoreFixture;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.eventhandling.tokenstore.TokenStore;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.aop.framework.ProxyFactory;

/** Tests crashes, failed writes, and facts that can't be folded. */
@Tag("integration")
class ProjectionFailureTest extends ProjectionRuntimeFixture {

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
                        && running.status("instances").lag() == 2
                        && running.status("audit").position() == before);
                assertThat(running.status("instances").reason()).isEqualTo("newer_event");
                assertThat(store.texts("SELECT id FROM models.instances")).containsExactly("a");
            }
            // Regardless of the stopped processor, a later reader must still receive the event.
            assertThat(POSTGRES.number("SELECT max((convert_from(token, 'UTF8')::jsonb ->> 'globalIndex')::bigint)"
                            + " FROM store.tokens"))
                    .isEqualTo(before);
        }
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
