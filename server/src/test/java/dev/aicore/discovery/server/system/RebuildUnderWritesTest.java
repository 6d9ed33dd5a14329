package dev.aicore.discovery.server.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** All read models are built anew while instances change and are read, and the registry is killed in the middle of it. */
@Tag("integration")
class RebuildUnderWritesTest {

    private static final int INSTANCES = 100;
    private static final int KILLS = 5;

    /** So many there are before the first rebuild begins. */
    private static final int FACTS = 1_000;

    /** A core that asks without a pause for who isn't there yet keeps it from starting. */
    private static final Duration RETRY = Duration.ofMillis(50);

    private static final String ADMIN = "/api/v1/admin/projections/";

    @TempDir
    Path directory;

    private final AtomicReference<RunningRegistry> running = new AtomicReference<>();
    private final AtomicBoolean over = new AtomicBoolean();
    private final AtomicInteger writes = new AtomicInteger();
    private final AtomicInteger reads = new AtomicInteger();
    private final AtomicInteger incomplete = new AtomicInteger();

    @Test
    @Timeout(value = 10, unit = TimeUnit.MINUTES)
    void nothingIsEmptyOrMixedAndAllIsEqualInTheEnd() throws Exception {
        int port = RunningRegistry.freePort();
        running.set(RunningRegistry.start(directory, port, List.of()));
        for (int i = 0; i < INSTANCES; i++) {
            assertThat(registry()
                            .post("/api/v1/services", RegistryStoryTest.body("kept-" + i, "kept", 86_400))
                            .status())
                    .isEqualTo(201);
        }
        awaitComplete();
        var random = new Random(5);
        try (var clients = Executors.newVirtualThreadPerTaskExecutor()) {
            clients.execute(this::write);
            clients.execute(this::write);
            clients.execute(this::read);
            try {
                await().atMost(Duration.ofMinutes(3)).until(() -> writes.get() > FACTS);
                for (int kill = 0; kill < KILLS; kill++) {
                    var _ = registry().post(ADMIN + "all/rebuild", "{}");
                    int more = writes.get() + random.nextInt(100);
                    await().atMost(Duration.ofMinutes(1))
                            .pollInterval(Duration.ofMillis(1))
                            .until(() -> writes.get() > more);
                    registry().kill();
                    running.set(RunningRegistry.start(directory, port, List.of()));
                    awaitComplete();
                }
                awaitNoTask();
                assertThat(done("all/rebuild")).allSatisfy(RebuildUnderWritesTest::isEqual);
            } finally {
                over.set(true);
            }
        }
        assertThat(done("all/verify")).allSatisfy(RebuildUnderWritesTest::isEqual);
        System.out.printf(
                "rebuild of all models: %d kills, %d writes, %d reads, of them empty or mixed: %d%n",
                KILLS, writes.get(), reads.get(), incomplete.get());
        assertThat(incomplete.get()).isZero();
        registry().close();
    }

    private static void isEqual(JsonNode check) {
        assertThat(check.path("equal").asBoolean()).as("%s", check).isTrue();
    }

    private RunningRegistry registry() {
        return running.get();
    }

    /** What was compared by a task that is begun here and awaited. */
    private List<JsonNode> done(String task) throws IOException {
        var begun = registry().post(ADMIN + task, "{}");
        assertThat(begun.status()).as("%s", begun.body()).isEqualTo(202);
        awaitNoTask();
        var ended = registry().get(ADMIN + "instances").body().at("/data/task");
        assertThat(ended.path("state").asString()).as("%s", ended).isEqualTo("done");
        return ended.path("checks").valueStream().toList();
    }

    private void awaitNoTask() {
        await().atMost(Duration.ofMinutes(2))
                .until(() -> !registry()
                        .get(ADMIN + "instances")
                        .body()
                        .at("/data/task/state")
                        .asString("none")
                        .equals("running"));
    }

    private void awaitComplete() {
        await().atMost(Duration.ofMinutes(1)).until(() -> discovered() == INSTANCES);
    }

    private int discovered() throws IOException {
        var reply = registry().get("/api/v1/services?service_name=kept&limit=1000");
        return reply.status() == 200 ? reply.body().at("/data/services").size() : -1;
    }

    private void write() {
        for (int i = 0; !over.get(); i++) {
            try {
                var reply = registry()
                        .put("/api/v1/services/kept-" + i % INSTANCES, "{\"weight\":" + (1 + i % 1_000) + "}");
                writes.addAndGet(reply.status() == 200 ? 1 : 0);
            } catch (IOException killed) {
                LockSupport.parkNanos(RETRY.toNanos());
            }
        }
    }

    private void read() {
        while (!over.get()) {
            try {
                int found = discovered();
                if (found >= 0) {
                    reads.incrementAndGet();
                    incomplete.addAndGet(found == INSTANCES ? 0 : 1);
                }
            } catch (IOException killed) {
                LockSupport.parkNanos(RETRY.toNanos());
            }
        }
    }
}
