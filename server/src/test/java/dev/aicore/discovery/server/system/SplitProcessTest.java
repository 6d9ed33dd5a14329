package dev.aicore.discovery.server.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.aicore.discovery.config.settings.ProcessSettings.ProcessTarget;
import dev.aicore.discovery.config.testing.TestPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Runs one registry in three processes on one PostgreSQL, which is empty when all three start. */
@Tag("integration")
class SplitProcessTest {

    @RegisterExtension
    static final TestPostgres postgres = new TestPostgres();

    @TempDir
    static Path directory;

    private static final List<ProcessTarget> TARGETS =
            List.of(ProcessTarget.COMMAND, ProcessTarget.PROJECTIONS, ProcessTarget.QUERY);

    private static final Map<ProcessTarget, RunningRegistry> processes = new EnumMap<>(ProcessTarget.class);

    @BeforeAll
    static void start() {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var starting = new EnumMap<ProcessTarget, CompletableFuture<RunningRegistry>>(ProcessTarget.class);
            for (var processTarget : TARGETS) {
                starting.put(processTarget, CompletableFuture.supplyAsync(() -> started(processTarget), threads));
            }
            starting.forEach((target, started) -> processes.put(target, started.join()));
        }
    }

    @AfterAll
    static void stop() {
        processes.values().forEach(RunningRegistry::close);
    }

    @Test
    void registration_inCommandProcess_isDiscoveredInQueryProcess() throws IOException {
        var registered = command().post("/api/v1/services", RegistryStoryTest.body("one", "orders", 30));
        assertThat(registered.status()).isEqualTo(201);
        long position = registered.body().at("/meta/position").asLong();
        assertThat(query().get("/api/v1/services/one?wait=20s&min_position=" + position)
                        .status())
                .isEqualTo(200);
        assertThat(query().get("/api/v1/discover?service_name=orders")
                        .body()
                        .at("/data/services/0/id")
                        .asString())
                .isEqualTo("one");
        assertThat(command().post("/api/v1/services/one/heartbeat", "{}").status())
                .isEqualTo(200);
    }

    @Test
    void statusAndHealth_areReportedPerTarget() throws IOException {
        for (var processTarget : TARGETS) {
            var process = process(processTarget);
            assertThat(process.get("/health").status()).as("%s", processTarget).isEqualTo(200);
            await().atMost(RunningRegistry.PATIENCE)
                    .untilAsserted(
                            () -> assertThat(process.get("/health?deep=true").status())
                                    .as("%s", processTarget)
                                    .isEqualTo(200));
            var status = process.get("/api/v1/status").body().at("/data");
            assertThat(status.at("/target").asString()).isEqualTo(processTarget.settingName());
            assertThat(status.at("/store/position").isNumber()).isTrue();
            assertThat(status.has("leases"))
                    .as("%s watches leases", processTarget)
                    .isEqualTo(processTarget == ProcessTarget.COMMAND);
        }
    }

    @Test
    void routeOfOtherTarget_returns404WithTargetName() throws IOException {
        assertServedByOtherTarget(
                query().post("/api/v1/services", RegistryStoryTest.body("x", "orders", 30)), "POST", "command");
        assertServedByOtherTarget(query().post("/api/v1/services/one/heartbeat", "no JSON"), "POST", "command");
        assertServedByOtherTarget(query().delete("/api/v1/services/one"), "DELETE", "command");
        assertServedByOtherTarget(command().get("/api/v1/discover?service_name=orders"), "GET", "query");
        assertServedByOtherTarget(command().get("/api/v1/services"), "GET", "query");
        assertServedByOtherTarget(command().get("/api/v1/load-balancer/orders/stats"), "GET", "query");
        assertServedByOtherTarget(query().delete("/api/v1/load-balancer/orders/stats"), "DELETE", "command");
        assertServedByOtherTarget(process(ProcessTarget.PROJECTIONS).get("/api/v1/services/one"), "GET", "query");
        var nowhere = query().get("/api/v1/nowhere");
        assertThat(nowhere.status()).isEqualTo(404);
        assertThat(nowhere.body().at("/detail").asString()).doesNotContain("target");
    }

    @Test
    void projectionsProcess_afterKill_catchesUpCompletely() throws Exception {
        int instances = 200;
        var acknowledged = new AtomicInteger();
        var writing = Thread.ofVirtual().start(() -> register(instances, acknowledged));
        await().atMost(RunningRegistry.PATIENCE).until(() -> acknowledged.get() >= 50);
        process(ProcessTarget.PROJECTIONS).kill();
        writing.join();
        assertThat(acknowledged).hasValue(instances);
        long last = command()
                .post("/api/v1/services/many-0/heartbeat", "{}")
                .body()
                .at("/meta/position")
                .asLong();

        processes.put(ProcessTarget.PROJECTIONS, started(ProcessTarget.PROJECTIONS));
        var found = query().get("/api/v1/discover?service_name=many&wait=30s&min_position=" + last);

        assertThat(found.status()).isEqualTo(200);
        var ids = found.body().at("/data/services").findValuesAsString("id");
        assertThat(ids)
                .containsExactlyInAnyOrderElementsOf(
                        IntStream.range(0, instances).mapToObj(i -> "many-" + i).toList());
        for (int i = 0; i < instances; i += 20) {
            var history = query().get("/api/v1/services/many-" + i + "/history?wait=30s&min_position=" + last)
                    .body();
            assertThat(history.at("/data/entries").findValuesAsString("type")).containsExactly("InstanceRegistered");
        }
    }

    private static void register(int instances, AtomicInteger acknowledged) {
        for (int i = 0; i < instances; i++) {
            try {
                var reply = command().post("/api/v1/services", RegistryStoryTest.body("many-" + i, "many", 3_600));
                acknowledged.addAndGet(reply.status() == 201 ? 1 : 0);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private static void assertServedByOtherTarget(RunningRegistry.Reply reply, String method, String target) {
        assertThat(reply.status()).isEqualTo(404);
        assertThat(reply.body().at("/code").asString()).isEqualTo("not_found");
        assertThat(reply.body().at("/detail").asString())
                .contains(method + " at this path is served by a process that runs '" + target + "'");
    }

    private static RunningRegistry command() {
        return process(ProcessTarget.COMMAND);
    }

    private static RunningRegistry query() {
        return process(ProcessTarget.QUERY);
    }

    private static RunningRegistry process(ProcessTarget processTarget) {
        return Objects.requireNonNull(processes.get(processTarget));
    }

    private static RunningRegistry started(ProcessTarget processTarget) {
        try {
            return RunningRegistry.start(
                    Files.createDirectories(directory.resolve(processTarget.settingName())),
                    List.of(
                            "--service-discovery.target=" + processTarget.settingName(),
                            "--service-discovery.database.postgres.url=postgresql://%s:%s@localhost:%d/%s"
                                    .formatted(
                                            postgres.user(),
                                            postgres.password(),
                                            postgres.port(),
                                            postgres.database())));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
