package dev.aicore.discovery.server.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Fills the volume of the data directory by registrations of 6 KB, and frees space again. Must run as root, to mount a
 * volume.
 */
@Tag("integration")
class FullDiskTest {

    private static final Duration TTL = Duration.ofSeconds(6);
    private static final int WRITERS = 8;
    private static final long MEGABYTE = 1 << 20;
    private static final long MIN_FREE_MEGABYTES = 64;

    /**
     * Minimum free space: writes continue until the next poll, and a segment of the write-ahead log is 16 MB. Without
     * polling none would be left.
     */
    private static final long ENOUGH_MEGABYTES = MIN_FREE_MEGABYTES / 4;

    /** Space to be filled: more than must stay free, and little enough for a busy machine. */
    private static final long LEFT = 100 * MEGABYTE;

    @TempDir
    Path directory;

    private final AtomicBoolean full = new AtomicBoolean();
    private final AtomicLong lowest = new AtomicLong(Long.MAX_VALUE);
    private final Map<String, Long> acknowledged = new ConcurrentHashMap<>();

    @AfterEach
    void unmount() throws Exception {
        run("umount", volume().toString());
    }

    @Test
    void fullDisk_refusesWritesServesReadsAndExpiresNoLiveInstance() throws Exception {
        Files.createDirectories(volume());
        assumeTrue(
                run("mount", "-t", "tmpfs", "-o", "size=400m", "tmpfs", volume().toString()), "can't mount a volume");
        var ballast = volume().resolve("ballast");
        var heartbeatClients = new HeartbeatClients(10, TTL);
        try (var registry = RunningRegistry.start(
                volume(), List.of("--service-discovery.event-store.min-free-space=" + MIN_FREE_MEGABYTES + "MB"))) {
            heartbeatClients.register(registry);
            Files.write(ballast, new byte[(int) (Files.getFileStore(volume()).getUsableSpace() - LEFT)]);
            heartbeatClients.beat(registry);
            fill(registry);
            assertThat(lowest.get()).as("free megabytes").isGreaterThan(ENOUGH_MEGABYTES);
            // Twice the time in which a lease expires.
            await().pollDelay(TTL.multipliedBy(2))
                    .atMost(RunningRegistry.PATIENCE)
                    .until(() -> registry.get("/api/v1/services?limit=1").status() == 200);
            assertThat(registry.get("/api/v1/services/living-0/history").status())
                    .isEqualTo(200);
            // A checkpoint may have freed space by now.
            var more = volume().resolve("more");
            Files.write(more, new byte[(int) Math.max(0, (free() - ENOUGH_MEGABYTES) * MEGABYTE)]);
            await().atMost(RunningRegistry.PATIENCE)
                    .until(() -> registry.post("/api/v1/services", RegistryStoryTest.body("more", "more", 60))
                            .code()
                            .equals("store_full"));
            Files.delete(more);
            Files.delete(ballast);

            await().atMost(RunningRegistry.PATIENCE)
                    .until(() -> registry.post("/api/v1/services", RegistryStoryTest.body("more", "more", 60))
                                    .status()
                            == 201);
            long last = acknowledged.values().stream()
                    .mapToLong(Long::longValue)
                    .max()
                    .orElseThrow();
            await().atMost(RunningRegistry.PATIENCE)
                    .until(() -> registry.get("/api/v1/services?limit=1&wait=10s&min_position=" + last)
                                    .status()
                            == 200);
            long there = registry.store().number("SELECT count(*) FROM models.instances WHERE service LIKE 'big-%'");
            await().pollDelay(TTL)
                    .atMost(RunningRegistry.PATIENCE)
                    .until(() -> heartbeatClients.healthy(registry) == 10);
            long panics = Files.readString(volume().resolve("data/postgres.log"))
                    .lines()
                    .filter(line -> line.contains("PANIC"))
                    .count();
            System.out.printf(
                    "Full disk: never less than %d MB left, %d registrations acknowledged, %d in the read model, PANIC %d, living expired %s%n",
                    lowest.get(), acknowledged.size(), there, panics, heartbeatClients.expired(registry));
            assertThat(panics).isZero();
            assertThat(there).isGreaterThanOrEqualTo(acknowledged.size());
            assertThat(heartbeatClients.expired(registry)).isEmpty();
        } finally {
            heartbeatClients.stop();
        }
    }

    private void fill(RunningRegistry registry) throws InterruptedException {
        try (var writers = Executors.newFixedThreadPool(WRITERS)) {
            for (int writer = 0; writer < WRITERS; writer++) {
                var service = "big-" + writer;
                writers.execute(() -> fill(registry, service));
            }
            writers.shutdown();
            assertThat(writers.awaitTermination(3, TimeUnit.MINUTES)).isTrue();
        }
    }

    private void fill(RunningRegistry registry, String service) {
        var metadata = "\"" + "v".repeat(1_000) + "\"";
        for (int i = 0; !full.get() && lowest.get() > ENOUGH_MEGABYTES; i++) {
            var id = service + "-" + i;
            var body = RegistryStoryTest.body(id, service, 3_600)
                    .replaceFirst(
                            "}$",
                            ",\"metadata\":{\"a\":%1$s,\"b\":%1$s,\"c\":%1$s,\"d\":%1$s,\"e\":%1$s,\"f\":%1$s}}"
                                    .formatted(metadata));
            try {
                lowest.accumulateAndGet(free(), Math::min);
                var reply = registry.post("/api/v1/services", body);
                if (reply.status() == 201) {
                    acknowledged.put(id, reply.position());
                } else if (reply.code().equals("store_full")) {
                    full.set(true);
                }
            } catch (IOException unheard) {
                // the next heartbeat follows
            }
        }
    }

    /** Returns the free space in MiB. */
    private long free() throws IOException {
        return Files.getFileStore(volume()).getUsableSpace() / MEGABYTE;
    }

    private Path volume() {
        return directory.resolve("volume");
    }

    private static boolean run(String... command) throws Exception {
        try {
            return new ProcessBuilder(command).inheritIO().start().waitFor() == 0;
        } catch (IOException absent) {
            return false;
        }
    }
}
