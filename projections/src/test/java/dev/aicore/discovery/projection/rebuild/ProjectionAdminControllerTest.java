package dev.aicore.discovery.projection.rebuild;

import static dev.aicore.discovery.projection.testing.InstanceFactSamples.registered;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.aicore.discovery.api.error.ErrorCode;
import dev.aicore.discovery.api.error.RegistryException;
import dev.aicore.discovery.config.testing.TestPostgres;
import dev.aicore.discovery.config.time.ManualTimeSource;
import dev.aicore.discovery.projection.processing.BlockingQueryExecutor;
import dev.aicore.discovery.projection.testing.ReadModelStoreFixture;
import dev.aicore.discovery.projection.testing.ReadModelStoreFixture.Running;
import dev.aicore.discovery.web.QueryParameters;
import java.time.Instant;
import java.util.Objects;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;
import reactor.core.scheduler.Schedulers;

@Tag("integration")
class ProjectionAdminControllerTest {

    @RegisterExtension
    static final TestPostgres POSTGRES = new TestPostgres();

    @Test
    void lag_isReportedInEventsAndSeconds() {
        try (var store = new ReadModelStoreFixture(POSTGRES)) {
            store.append(1, registered("a", 0));
            long stops = store.appendUnknown(1);
            long head = store.append(1, registered("b", 1));
            POSTGRES.execute(
                    "UPDATE store.facts SET recorded_at = recorded_at - interval '90 s' WHERE position = " + stops);
            try (var running = store.run()) {
                store.awaitTrue(() -> running.status("instances").position() == stops - 1
                        && running.status("last_seen").position() == head);

                var behind = view(store, running, "instances");
                assertThat(behind.lag()).isEqualTo(2);
                assertThat(behind.lagSeconds()).isBetween(90.0, 600.0);
                assertThat(view(store, running, "last_seen").lagSeconds()).isZero();
            }
        }
    }

    @Test
    void view_duringDatabaseOutage_isRefusedAsUnavailable() {
        var postgres = new TestPostgres().open();
        try (var store = new ReadModelStoreFixture(postgres);
                var running = store.run()) {
            running.awaitHead();
            postgres.close();

            assertThatThrownBy(() -> view(store, running, "instances"))
                    .isInstanceOfSatisfying(
                            RegistryException.class,
                            refusal -> assertThat(refusal.code()).isEqualTo(ErrorCode.STORE_UNAVAILABLE));
        }
    }

    private static ProjectionView view(ReadModelStoreFixture store, Running running, String name) {
        var time = new ManualTimeSource(Instant.EPOCH);
        var rebuildService = new RebuildService(
                store.access,
                running.projectionRuntime.models(),
                running.projectionRuntime.watermarks(),
                running.projectionRuntime::hasFailed,
                RebuildService.BATCH,
                time);
        var controller = new ProjectionAdminController(
                running.projectionRuntime,
                rebuildService,
                store.reader,
                time,
                new BlockingQueryExecutor(Schedulers.immediate()));
        var answer = Objects.requireNonNull(controller
                .one(name, QueryParameters.of(MockServerHttpRequest.get("/").build()))
                .block());
        return Objects.requireNonNull(answer.getBody()).data();
    }
}
