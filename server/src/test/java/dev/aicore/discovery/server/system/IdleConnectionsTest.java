package dev.aicore.discovery.server.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Opens more connections from one address than the default settings allow, continuously: instances must still be able
 * to send heartbeats over new connections. All cases share a registry, and the instances live through all of them.
 */
@Tag("integration")
@Tag(FaultTestSize.TAG)
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class IdleConnectionsTest {

    private static final int CROWD = 10_050;
    private static final int LIVING = 50;
    private static final Duration TTL = Duration.ofSeconds(5);
    private static final Duration ATTACK = TTL.multipliedBy(FaultTestSize.of(2, 6));
    private static final Duration BUSY = Duration.ofMinutes(1);

    /** Half of the heartbeats that are sent during an attack. */
    private static final long MIN_FINE = LIVING * ATTACK.toSeconds() / 2;

    private static final int BOUND_MILLIS = 10_000;

    @TempDir
    static Path directory;

    private static final AtomicLong fine = new AtomicLong();
    private static final AtomicLong late = new AtomicLong();
    private static final AtomicLong refused = new AtomicLong();
    private static final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
    private static final ExecutorService senders = Executors.newVirtualThreadPerTaskExecutor();
    private static RunningRegistry registry;
    private static int port;

    /** Bytes that each connection sends, at first and every 20 s. */
    enum Said {
        NOTHING("127.0.1.1", ""),
        HEALTH("127.0.1.2", "GET /health HTTP/1.1\r\nHost: localhost\r\n\r\n"),
        HALF_A_HEAD("127.0.1.3", "GET /health HTTP/1.1\r\nHost: loc"),
        HALF_A_BODY(
                "127.0.1.4",
                "POST /api/v1/services HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                        + "Content-Length: 1000\r\n\r\n{");

        /** Address of the crowd; each has its own, because closed connections occupy ports of the previous one. */
        private final String address;

        private final String request;

        Said(String address, String request) {
            this.address = address;
            this.request = request;
        }
    }

    @BeforeAll
    static void startRegistryAndHeartbeats() throws IOException {
        registry = RunningRegistry.start(directory);
        port = URI.create(registry.address()).getPort();
        var ids = IntStream.range(0, LIVING).mapToObj(i -> "living-" + i).toList();
        for (var id : ids) {
            var body = RegistryStoryTest.body(id, "living", (int) TTL.toSeconds());
            assertThat(registry.post("/api/v1/services", body).status()).isEqualTo(201);
        }
        var _ = clock.scheduleAtFixedRate(
                () -> ids.forEach(id -> senders.execute(() -> beat(port, id))), 0, 1, TimeUnit.SECONDS);
    }

    @AfterAll
    static void stop() {
        clock.shutdownNow();
        senders.close();
        registry.close();
    }

    @ParameterizedTest
    @EnumSource
    void heartbeats_besideIdleConnectionCrowd_succeed(Said said) throws Exception {
        long expiredBefore = expired();
        try (var crowd = new ConnectionCrowd(port, InetAddress.ofLiteral(said.address), CROWD, said.request)) {
            Stream.of(fine, late, refused).forEach(count -> count.set(0));
            var end = Instant.now().plus(ATTACK);
            // A busy machine opens the crowd, and serves the heartbeats beside it, more slowly.
            Awaitility.await("a complete crowd, and half of the heartbeats beside it")
                    .atMost(BUSY)
                    .until(() -> crowd.opened() >= CROWD && Instant.now().isAfter(end) && fine.get() > MIN_FINE);
            var expired = expired() - expiredBefore;
            System.out.printf(
                    "%d connections that say %s: %d opened, %d closed by the server, %d answers; heartbeats over new"
                            + " connections: %d fine, %d late, %d refused; living expired %d%n",
                    CROWD,
                    said,
                    crowd.opened(),
                    crowd.closed(),
                    crowd.answers(),
                    fine.get(),
                    late.get(),
                    refused.get(),
                    expired);
            assertThat(expired).isZero();
            assertThat(fine.get()).isGreaterThan(MIN_FINE);
            assertThat(refused.get()).isLessThanOrEqualTo((fine.get() + refused.get()) / 1_000);
        }
    }

    /** Sends a heartbeat. On a slow machine an answer may be late; a refused connection never gets one. */
    private static void beat(int port, String id) {
        try {
            (isHeard(port, id) ? fine : refused).incrementAndGet();
        } catch (SocketTimeoutException e) {
            late.incrementAndGet();
        } catch (IOException e) {
            refused.incrementAndGet();
        }
    }

    private static boolean isHeard(int port, String id) throws IOException {
        try (var socket = new Socket()) {
            socket.bind(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.3"), 0));
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), BOUND_MILLIS);
            socket.setSoTimeout(BOUND_MILLIS);
            socket.getOutputStream()
                    .write(("POST /api/v1/services/" + id + "/heartbeat HTTP/1.1\r\nHost: localhost\r\n"
                                    + "Content-Length: 0\r\nConnection: close\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                    .startsWith("HTTP/1.1 200");
        }
    }

    private static long expired() {
        return registry.store().number("SELECT count(*) FROM store.facts WHERE type = 'LeaseExpired'");
    }
}
