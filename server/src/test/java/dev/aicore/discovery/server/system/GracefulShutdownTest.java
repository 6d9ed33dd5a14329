package dev.aicore.discovery.server.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Stops a registry by SIGTERM while it is written to and watched. */
@Tag("integration")
@Tag(FaultTestSize.TAG)
class GracefulShutdownTest {

    private static final int WRITERS = 20;
    private static final int WRITES_PER_SECOND = FaultTestSize.of(200, 1_000);

    /** Default of {@code server.shutdown_timeout}. */
    private static final Duration SHUTDOWN_TIMEOUT = Duration.ofSeconds(30);

    @TempDir
    Path directory;

    private final AtomicInteger number = new AtomicInteger();
    private final Set<String> acknowledged = ConcurrentHashMap.newKeySet();
    private final Queue<String> unanswered = new ConcurrentLinkedQueue<>();
    private volatile boolean stopping;

    @Test
    void sigterm_underWrites_losesNothing() throws Exception {
        var registry = RunningRegistry.start(directory);
        var writers = Executors.newScheduledThreadPool(WRITERS);
        var watcher = new Watcher(registry, "written", null);
        long interval = TimeUnit.SECONDS.toNanos(WRITERS) / WRITES_PER_SECOND;
        for (int i = 0; i < WRITERS; i++) {
            var _ = writers.scheduleAtFixedRate(
                    () -> write(registry), interval * i / WRITERS, interval, TimeUnit.NANOSECONDS);
        }
        await().atMost(RunningRegistry.PATIENCE).until(() -> acknowledged.size() >= WRITES_PER_SECOND);

        stopping = true;
        var duration = registry.terminate(SHUTDOWN_TIMEOUT.multipliedBy(2));
        writers.shutdownNow();
        assertThat(writers.awaitTermination(1, TimeUnit.MINUTES)).isTrue();
        assertThat(duration).isLessThan(SHUTDOWN_TIMEOUT);
        assertThat(unanswered).isEmpty();
        assertThat(lastEvent(watcher)).isEqualTo("leaving");
        watcher.close();

        try (var restarted = RunningRegistry.start(directory)) {
            var kept = ConcurrentHashMap.<String>newKeySet();
            for (var id : acknowledged) {
                if (restarted.get("/api/v1/services/" + id).status() == 200) {
                    kept.add(id);
                }
            }
            assertThat(kept).containsAll(acknowledged);
        }
        System.out.printf(
                "sigterm: %d writes acknowledged at %d/s, all kept; ended after %d ms%n",
                acknowledged.size(), WRITES_PER_SECOND, duration.toMillis());
    }

    /** Writes once. A request that was begun before the signal must be answered. */
    private void write(RunningRegistry registry) {
        boolean before = !stopping;
        var id = "w-" + number.incrementAndGet();
        try {
            var reply = registry.post("/api/v1/services", RegistryStoryTest.body(id, "written", 3_600));
            if (reply.status() == 201) {
                acknowledged.add(id);
            }
        } catch (IOException | RuntimeException e) {
            if (before && !Thread.currentThread().isInterrupted()) {
                unanswered.add(id + ": " + e);
            }
        }
    }

    private static String lastEvent(Watcher watcher) {
        var last = "";
        try {
            while (true) {
                last = watcher.next().name();
            }
        } catch (IOException end) {
            return last;
        }
    }
}
