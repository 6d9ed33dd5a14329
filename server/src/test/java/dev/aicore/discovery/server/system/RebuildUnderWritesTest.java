package dev.aicore.discovery.server.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.aicore.discovery.server.system.RunningRegistry.Reply;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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

/** Rebuilds all read models while instances change and are read, and kills the registry meanwhile. */
@Tag("integration")
@Tag(FaultTestSize.TAG)
class RebuildUnderWritesTest {

    private static final int INSTANCES = 100;
    private static final int WRITERS = 2;
    private static final int KILLS = FaultTestSize.of(2, 5);

    /** Maximum number of kills, until one hits a rebuild. */
    private static final int MAX_KILLS = 25;

    /** Weight at registration; each update increases it. */
    private static final int FIRST_WEIGHT = 100;

    /** Minimum number of facts before the first rebuild. */
    private static final int FACTS = FaultTestSize.of(500, 1_000);

    /** Pause between attempts: without it clients would take the core that the registry needs to start. */
    private static final Duration RETRY = Duration.ofMillis(50);

    private static final String ADMIN = "/api/v1/admin/projections/";

    @TempDir
    Path directory;

    private final AtomicReference<RunningRegistry> running = new AtomicReference<>();
    private final AtomicBoolean over = new AtomicBoolean();
    private final AtomicInteger writes = new AtomicInteger();
    private final AtomicInteger reads = new AtomicInteger();
    private final AtomicInteger incomplete = new AtomicInteger();
    private final AtomicInteger outOfOrder = new AtomicInteger();

    @Test
    @Timeout(value = 10, unit = TimeUnit.MINUTES)
    void rebuild_underWritesAndKills_isCompleteAndEqualsStore() throws Exception {
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
        int kills = 0;
        int inTheMiddle = 0;
        try (var clients = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int writer = 0; writer < WRITERS; writer++) {
                int first = writer;
                clients.execute(() -> write(first));
            }
            clients.execute(this::read);
            try {
                await().atMost(Duration.ofMinutes(3)).until(() -> writes.get() > FACTS);
                for (; kills < KILLS || (inTheMiddle == 0 && kills < MAX_KILLS); kills++) {
                    var _ = registry().post(ADMIN + "all/rebuild", "{}");
                    int more = writes.get() + random.nextInt(100);
                    await().atMost(Duration.ofMinutes(1))
                            .pollInterval(Duration.ofMillis(1))
                            .until(() -> writes.get() > more);
                    inTheMiddle += isRunning() ? 1 : 0;
                    registry().kill();
                    running.set(RunningRegistry.start(directory, port, List.of()));
                    awaitComplete();
                }
                awaitNoTask();
                assertThat(done("all/rebuild")).isNotEmpty().allSatisfy(RebuildUnderWritesTest::isEqual);
            } finally {
                over.set(true);
            }
        }
        assertThat(done("all/verify")).isNotEmpty().allSatisfy(RebuildUnderWritesTest::isEqual);
        System.out.printf(
                "rebuild of all models: %d kills, %d of them in the middle, %d writes, %d reads, of them empty or mixed: %d,"
                        + " instances older than they were seen before: %d%n",
                kills, inTheMiddle, writes.get(), reads.get(), incomplete.get(), outOfOrder.get());
        assertThat(inTheMiddle).isPositive();
        assertThat(reads.get()).isPositive();
        assertThat(incomplete.get()).isZero();
        assertThat(outOfOrder.get()).isZero();
        registry().close();
    }

    private static void isEqual(JsonNode check) {
        assertThat(check.path("equal").asBoolean()).as("%s", check).isTrue();
    }

    private RunningRegistry registry() {
        return running.get();
    }

    /** Runs a task, waits for its end, and returns its comparisons. */
    private List<JsonNode> done(String task) throws IOException {
        var begun = registry().post(ADMIN + task, "{}");
        assertThat(begun.status()).as("%s", begun.body()).isEqualTo(202);
        awaitNoTask();
        var ended = registry().get(ADMIN + "instances").body().at("/data/task");
        assertThat(ended.path("state").asString()).as("%s", ended).isEqualTo("done");
        return ended.path("checks").valueStream().toList();
    }

    private void awaitNoTask() {
        await().atMost(Duration.ofMinutes(2)).until(() -> !isRunning());
    }

    private boolean isRunning() throws IOException {
        return registry()
                .get(ADMIN + "instances")
                .body()
                .at("/data/task/state")
                .asString("none")
                .equals("running");
    }

    private void awaitComplete() {
        await().atMost(Duration.ofMinutes(1)).until(() -> discovered() == INSTANCES);
    }

    private int discovered() throws IOException {
        var reply = ask();
        return reply.status() == 200 ? reply.body().at("/data/services").size() : -1;
    }

    private Reply ask() throws IOException {
        return registry().get("/api/v1/services?service_name=kept&limit=1000");
    }

    /** Updates instances that only this writer changes, so that the last weight is the greatest. */
    private void write(int first) {
        for (int i = first; !over.get(); i += WRITERS) {
            try {
                int weight = FIRST_WEIGHT + 1 + i / INSTANCES;
                var reply = registry().put("/api/v1/services/kept-" + i % INSTANCES, "{\"weight\":" + weight + "}");
                writes.addAndGet(reply.status() == 200 ? 1 : 0);
            } catch (IOException killed) {
                LockSupport.parkNanos(RETRY.toNanos());
            }
        }
    }

    private void read() {
        var greatest = new HashMap<String, Integer>();
        while (!over.get()) {
            try {
                var reply = ask();
                if (reply.status() == 200) {
                    reads.incrementAndGet();
                    incomplete.addAndGet(reply.body().at("/data/services").size() == INSTANCES ? 0 : 1);
                    countOutOfOrder(reply.body().at("/data/services"), greatest);
                }
            } catch (IOException killed) {
                LockSupport.parkNanos(RETRY.toNanos());
            }
        }
    }

    private void countOutOfOrder(JsonNode services, Map<String, Integer> greatest) {
        for (var service : services) {
            int weight = service.path("weight").asInt();
            int seen = greatest.merge(service.path("id").asString(), weight, Math::max);
            outOfOrder.addAndGet(weight < seen ? 1 : 0);
        }
    }
}
