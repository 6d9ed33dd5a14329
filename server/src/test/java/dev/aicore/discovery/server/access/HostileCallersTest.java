package dev.aicore.discovery.server.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Verifies that heartbeats succeed beside many callers that send byte by byte, and beside one that floods the server.
 */
@Tag("integration")
class HostileCallersTest {

    private static final int SLOW = 200;

    /**
     * Minimum number of slow callers that are connected at any time: only some of them reconnect at the same moment.
     */
    private static final int MOST_SLOW = 150;

    private static final int OWNERS = 50;
    private static final int BEATS = 30;
    private static final int PER_SECOND = 40;

    /** Typical requests per second of a principal: an occasional discovery, and its heartbeats. */
    private static final int NORMAL = 1;

    /** Minimum factor of the flood over the typical rate. */
    private static final int FACTOR = 50;

    /** Capacity that isn't reserved for heartbeats. */
    private static final int FOR_READS = 32;

    @TempDir
    Path directory;

    @Test
    void heartbeats_duringSlowCallersAndFlood_succeed() throws Exception {
        try (var server = AuthenticatedServer.start(
                        directory.resolve("data"),
                        "--service-discovery.server.rate-limit.per-principal=" + PER_SECOND);
                var slow = new SlowCallers(server.port());
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < OWNERS; i++) {
                assertThat(register(server, i)).isEqualTo(201);
            }
            var over = new AtomicBoolean();
            Map<Integer, LongAdder> ofFlood = new ConcurrentHashMap<>();
            long began = System.nanoTime();
            List<Future<?>> flood = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                flood.add(threads.submit(() -> flood(server, over, ofFlood)));
            }

            long fine = 0;
            for (int beat = 0; beat < BEATS; beat++) {
                fine += beatsOfAll(server);
            }
            over.set(true);
            for (var ended : flood) {
                ended.get();
            }
            double seconds = (System.nanoTime() - began) / 1e9;

            long asked = ofFlood.values().stream().mapToLong(LongAdder::sum).sum();
            System.out.printf(
                    "flood: %d requests in %.1f s, %.0f times the normal %d/s; let through %d, refused %d; heartbeats of others:"
                            + " %d of %d fine%n",
                    asked,
                    seconds,
                    asked / seconds / NORMAL,
                    NORMAL,
                    count(ofFlood, 200),
                    count(ofFlood, 429),
                    fine,
                    OWNERS * BEATS);
            assertThat(asked).isGreaterThan((long) (FACTOR * NORMAL * seconds));
            assertThat(fine).isGreaterThanOrEqualTo((long) Math.ceil(OWNERS * BEATS * 0.999));
            assertThat(ofFlood).containsOnlyKeys(200, 429);
            assertThat(count(ofFlood, 200)).isLessThanOrEqualTo((long) (FOR_READS * (seconds + 2)) + 1);
            assertThat(count(ofFlood, 429)).isGreaterThan(count(ofFlood, 200));
            assertThat(slow.reached()).isGreaterThan(MOST_SLOW);
        }
    }

    private static int register(AuthenticatedServer server, int owner) throws Exception {
        var instance = "{\"id\":\"i%d\",\"name\":\"web\",\"address\":\"10.0.0.1\",\"port\":80}".formatted(owner);
        return server.send("POST", "/api/v1/services", ofOwner(owner), instance).status();
    }

    private static long beatsOfAll(AuthenticatedServer server) {
        return IntStream.range(0, OWNERS)
                .parallel()
                .filter(owner -> ask(server, "POST", "/api/v1/services/i" + owner + "/heartbeat", ofOwner(owner))
                                .status()
                        == 200)
                .count();
    }

    private static AuthenticatedServer.Reply ask(
            AuthenticatedServer server, String method, String path, String authorization) {
        try {
            return server.send(method, path, authorization, null);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String ofOwner(int owner) {
        return AuthenticatedServer.token("owner" + owner, "service");
    }

    private static void flood(AuthenticatedServer server, AtomicBoolean over, Map<Integer, LongAdder> answers) {
        var greedy = AuthenticatedServer.token("greedy", "viewer");
        while (!over.get()) {
            var reply = ask(server, "GET", "/api/v1/service-names", greedy);
            answers.computeIfAbsent(reply.status(), _ -> new LongAdder()).increment();
            if (reply.status() == 429) {
                assertThat(reply.headers().firstValueAsLong("Retry-After").orElse(0))
                        .isPositive();
            }
        }
    }

    private static long count(Map<Integer, LongAdder> answers, int status) {
        return answers.getOrDefault(status, new LongAdder()).sum();
    }

    /**
     * Callers that send another byte of their request's head at intervals, and reconnect when the server closes the
     * connection.
     */
    private static final class SlowCallers implements AutoCloseable {

        private final int port;
        private final List<Socket> sockets = new ArrayList<>();
        private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();

        SlowCallers(int port) throws IOException {
            this.port = port;
            for (int i = 0; i < SLOW; i++) {
                sockets.add(begin());
            }
            Future<?> _ = clock.scheduleWithFixedDelay(this::drip, 0, 200, TimeUnit.MILLISECONDS);
        }

        /** Returns the number of connections that the server still holds open. */
        int reached() throws Exception {
            return clock.submit(this::drip).get(30, TimeUnit.SECONDS);
        }

        private Socket begin() throws IOException {
            var socket = new Socket(InetAddress.getLoopbackAddress(), port);
            socket.getOutputStream().write("GET /api/v1/services HTTP/1.1\r\nX: ".getBytes(StandardCharsets.US_ASCII));
            return socket;
        }

        private int drip() {
            int reached = 0;
            for (int i = 0; i < SLOW; i++) {
                try {
                    sockets.get(i).getOutputStream().write('a');
                    reached++;
                } catch (IOException ended) {
                    beginAnew(i);
                }
            }
            return reached;
        }

        private void beginAnew(int i) {
            try (var _ = sockets.get(i)) {
                sockets.set(i, begin());
            } catch (IOException refused) {
                // The next drip tries it again.
            }
        }

        @Override
        public void close() throws IOException {
            clock.close();
            for (var socket : sockets) {
                socket.close();
            }
        }
    }
}
