package dev.aicore.discovery.server.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aicore.discovery.server.system.Watcher.Event;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Verifies the events that watchers receive of others' changes, whatever happens to their connection. */
@Tag("integration")
@Tag(FaultTestSize.TAG)
class WatchingTest {

    private static final int WRITERS = 4;
    private static final int CHANGES_OF_EACH = FaultTestSize.of(100, 250);
    private static final int SERVICE_UNAVAILABLE = 503;
    private static final int LEAVES_AFTER = FaultTestSize.of(70, 170);

    @TempDir
    static Path directory;

    private static RunningRegistry registry;

    @BeforeAll
    static void start() throws IOException {
        // Streams outlive the timeouts of requests and idle connections.
        registry = RunningRegistry.start(
                directory,
                List.of("--service-discovery.server.request-timeout=5s", "--service-discovery.server.idle-timeout=2s"));
    }

    @AfterAll
    static void stop() {
        registry.close();
    }

    @Test
    void reconnectedWatch_receivesEachChangeOnceInOrder() throws Exception {
        var expected = new ConcurrentSkipListSet<Long>();
        var told = new ArrayList<Long>();
        try (var writers = Executors.newFixedThreadPool(WRITERS)) {
            long last;
            try (var watcher = new Watcher(registry, "many", null)) {
                last = watcher.next().position();
            }
            var writing = new ArrayList<Future<?>>();
            for (int i = 0; i < WRITERS; i++) {
                var id = "w-" + i;
                writing.add(writers.submit(() -> change(id, expected)));
            }
            while (told.size() < WRITERS * CHANGES_OF_EACH) {
                last = follow(last, told);
                failIfOneFailed(writing);
            }
        }
        assertThat(told).containsExactlyElementsOf(expected);
    }

    @Test
    void quietWatch_receivesBookmarks() throws Exception {
        try (var watcher = new Watcher(registry, "quiet", null)) {
            assertThat(watcher.next().name()).isEqualTo("snapshot");
            long elsewhere = registry.post("/api/v1/services", RegistryStoryTest.body("e-1", "elsewhere", 3_600))
                    .position();
            var bookmark = watcher.next();
            assertThat(bookmark.name()).isEqualTo("bookmark");
            assertThat(bookmark.position()).isGreaterThanOrEqualTo(elsewhere);
            long here = registry.post("/api/v1/services", RegistryStoryTest.body("q-1", "quiet", 3_600))
                    .position();
            assertThat(watcher.next()).isEqualTo(new Event("change", here));
        }
    }

    @Test
    void change_isSentAsNextEventOfWatch() throws Exception {
        long registered = registry.post("/api/v1/services", RegistryStoryTest.body("s-1", "soon", 3_600))
                .position();
        registry.get("/api/v1/services/s-1?wait=20s&min_position=" + registered);
        var millis = new ArrayList<Long>();
        try (var watcher = new Watcher(registry, "soon", null)) {
            watcher.next();
            for (int i = 1; i <= 50; i++) {
                long position = registry.put("/api/v1/services/s-1", "{\"weight\":" + i + "}")
                        .position();
                long answered = System.nanoTime();
                assertThat(watcher.next()).isEqualTo(new Event("change", position));
                millis.add(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - answered));
            }
        }
        millis.sort(Comparator.naturalOrder());
        System.out.printf(
                "From a change's answer to its event: median %d ms, longest %d ms, of %d%n",
                millis.get(millis.size() / 2), millis.getLast(), millis.size());
    }

    private static long follow(long after, List<Long> told) throws Exception {
        long last = after;
        try (var watcher = new Watcher(registry, "many", after)) {
            for (int i = 0; i < LEAVES_AFTER && told.size() < WRITERS * CHANGES_OF_EACH; ) {
                var event = watcher.next();
                last = event.position();
                if (event.name().equals("change")) {
                    told.add(event.position());
                    i++;
                }
            }
        }
        return last;
    }

    /** Throws the exception of a writer, without whose changes the watcher would wait in vain. */
    private static void failIfOneFailed(List<Future<?>> writing) throws Exception {
        for (var written : writing) {
            if (written.isDone()) {
                written.get();
            }
        }
    }

    /** Changes an instance again and again, and adds the position of each change. */
    private static boolean change(String id, ConcurrentSkipListSet<Long> positions) throws IOException {
        var client = new IdempotentClient(registry);
        var body = RegistryStoryTest.body(id, "many", 3_600);
        positions.add(position(() -> client.register(id, body)));
        for (int weight = 1; weight < CHANGES_OF_EACH; weight++) {
            var key = id + "-" + weight;
            var update = "{\"weight\":" + weight + "}";
            positions.add(position(() -> client.update(key, id, update)));
        }
        return true;
    }

    /** Repeats a write while the server is too busy for it; returns its position. */
    private static long position(IdempotentWrite write) throws IOException {
        while (true) {
            var answer = write.send();
            if (answer.status() != SERVICE_UNAVAILABLE) {
                assertThat(answer.status()).as(answer.body()).isIn(200, 201);
                return Long.parseLong(answer.position());
            }
        }
    }

    /** Write that can be sent again. */
    @FunctionalInterface
    private interface IdempotentWrite {

        IdempotentClient.Answer send() throws IOException;
    }
}
