package dev.aicore.discovery.server.system;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
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
    private static final String SERVICE = "written";

    /** The long form, on a machine of its own, allows the default of {@code server.shutdown_timeout}. */
    private static final Duration LONGEST_STOP = Duration.ofSeconds(FaultTestSize.of(300, 30));

    @TempDir
    Path directory;

    private final AtomicInteger number = new AtomicInteger();
    private final Set<String> acknowledged = ConcurrentHashMap.newKeySet();
    private final Set<String> unanswered = ConcurrentHashMap.newKeySet();

    @Test
    void sigterm_underWrites_losesNothing() throws Exception {
        var registry = RunningRegistry.start(directory);
        var writers = Executors.newScheduledThreadPool(WRITERS);
        Duration duration;
        int kept;
        try (var watcher = new Watcher(registry, SERVICE, null);
                var slow = new SlowWrite(registry)) {
            long interval = TimeUnit.SECONDS.toNanos(WRITERS) / WRITES_PER_SECOND;
            for (int i = 0; i < WRITERS; i++) {
                var _ = writers.scheduleAtFixedRate(
                        () -> write(registry), interval * i / WRITERS, interval, TimeUnit.NANOSECONDS);
            }
            await().atMost(RunningRegistry.PATIENCE).until(() -> acknowledged.size() >= WRITES_PER_SECOND);
            slow.begin();

            var leaving = CompletableFuture.supplyAsync(() -> lastEvent(watcher));
            var answer = leaving.thenApply(_ -> slow.complete());
            duration = registry.terminate(LONGEST_STOP);
            // Without interrupts: an answer that has arrived counts, even if its writer hasn't read it yet.
            writers.shutdown();
            assertThat(writers.awaitTermination(LONGEST_STOP.toSeconds(), TimeUnit.SECONDS))
                    .isTrue();
            assertThat(leaving.join()).isEqualTo("leaving");
            assertThat(answer.join()).startsWith("HTTP/1.1 201 ");
        }

        try (var restarted = RunningRegistry.start(directory)) {
            var position = restarted.get("/api/v1/status").body().at("/data/store/position");
            // The read models may still be behind the store.
            assertThat(restarted
                            .get("/api/v1/services?limit=1&wait=20s&min_position=" + position.asLong())
                            .status())
                    .isEqualTo(200);
            assertThat(present(restarted, acknowledged)).containsAll(acknowledged);
            assertThat(present(restarted, List.of(SlowWrite.ID))).hasSize(1);
            kept = present(restarted, unanswered).size();
        }
        System.out.printf(
                "sigterm: %d writes acknowledged at %d/s, all kept; %d unanswered, %d of them kept; ended after %d ms%n",
                acknowledged.size(), WRITES_PER_SECOND, unanswered.size(), kept, duration.toMillis());
    }

    private void write(RunningRegistry registry) {
        var id = "w-" + number.incrementAndGet();
        unanswered.add(id);
        try {
            var reply = registry.post("/api/v1/services", RegistryStoryTest.body(id, SERVICE, 3_600));
            unanswered.remove(id);
            if (reply.status() == 201) {
                acknowledged.add(id);
            }
        } catch (IOException | RuntimeException e) {
            // Stays unanswered: the process has ended, or does so.
        }
    }

    private static List<String> present(RunningRegistry registry, Collection<String> ids) throws IOException {
        var present = new ArrayList<String>();
        for (var id : ids) {
            if (registry.get("/api/v1/services/" + id).status() == 200) {
                present.add(id);
            }
        }
        return present;
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

    /** Registration whose body arrives in two parts. */
    private static final class SlowWrite implements AutoCloseable {

        static final String ID = "slow-1";

        private static final String BODY = RegistryStoryTest.body(ID, SERVICE, 3_600);
        private static final int FIRST_PART = 10;

        private final Socket socket;
        private final String authority;
        private final BufferedReader answer;

        SlowWrite(RunningRegistry registry) throws IOException {
            var address = URI.create(registry.address());
            authority = address.getAuthority();
            socket = new Socket(address.getHost(), address.getPort());
            socket.setSoTimeout((int) LONGEST_STOP.toMillis());
            answer = new BufferedReader(new InputStreamReader(socket.getInputStream(), UTF_8));
        }

        /** Sends the first part; returns once the registry waits for the second one. */
        void begin() throws IOException {
            send("POST /api/v1/services HTTP/1.1\r\nHost: %s\r\nExpect: 100-continue\r\n".formatted(authority)
                    + "Content-Type: application/json\r\nContent-Length: %d\r\n\r\n".formatted(BODY.length()));
            assertThat(answer.readLine()).startsWith("HTTP/1.1 100 ");
            assertThat(answer.readLine()).isEmpty();
            send(BODY.substring(0, FIRST_PART));
        }

        /** Sends the second part. Returns the status line. */
        String complete() {
            try {
                send(BODY.substring(FIRST_PART));
                return String.valueOf(answer.readLine());
            } catch (IOException e) {
                return e.toString();
            }
        }

        private void send(String text) throws IOException {
            socket.getOutputStream().write(text.getBytes(UTF_8));
            socket.getOutputStream().flush();
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }
}
