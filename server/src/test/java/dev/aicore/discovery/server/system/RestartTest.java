package dev.aicore.discovery.server.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Kills the registry, and restarts it after a downtime that is longer than all leases. */
@Tag("integration")
class RestartTest {

    private static final Duration TTL = Duration.ofSeconds(5);

    /** Tolerance for a busy machine; the guarantee is that an expiry isn't early. */
    private static final Duration SLACK = Duration.ofSeconds(10);

    @TempDir
    Path directory;

    @Test
    void leases_afterLongDowntime_expireOnlySilentInstanceAfterFullTtl() throws Exception {
        int port = RunningRegistry.freePort();
        var heartbeatClients = new HeartbeatClients(10, TTL);
        var registry = RunningRegistry.start(directory, port, List.of());
        heartbeatClients.register(registry);
        var silent = heartbeatClients.registerSilent(registry, 1).getFirst();
        long index = registerOverConsul(registry);
        registry.kill();
        var killed = Instant.now();
        await().atMost(TTL.multipliedBy(3)).until(() -> Instant.now().isAfter(killed.plus(TTL)));

        var starting = CompletableFuture.supplyAsync(() -> start(port));
        var deaf = lastUnreachableInstant(port);
        try (var restarted = starting.join()) {
            assertThat(heartbeatClients.healthy(restarted)).isEqualTo(heartbeatClients.size() + 1);
            heartbeatClients.beat(restarted);
            assertKeptOverConsul(restarted, index);
            var expired = heartbeatClients.awaitExpiryOf(silent, restarted);
            heartbeatClients.stop();

            assertThat(heartbeatClients.expired(restarted)).isEmpty();
            assertThat(expired.at()).isAfterOrEqualTo(deaf.plus(TTL));
            assertThat(expired.at()).isBefore(expired.lastGrace().plus(TTL).plus(SLACK));
            System.out.printf(
                    "restart: away for %d ms, %d came back, expired of them %d; the silent one went %d ms after the grace%n",
                    Duration.between(killed, deaf).toMillis(),
                    heartbeatClients.size(),
                    heartbeatClients.expired(restarted).size(),
                    Duration.between(expired.lastGrace(), expired.at()).toMillis());
        }
    }

    /** Registers an instance as Consul's clients do; returns the index of its service. */
    private static long registerOverConsul(RunningRegistry registry) throws IOException {
        try (var consul = new ConsulClient(registry.address())) {
            consul.put(
                    "/v1/agent/service/register",
                    "{\"ID\":\"stay-1\",\"Name\":\"stay\",\"Port\":80,\"Check\":{\"TTL\":\"60s\"}}");
            consul.put("/v1/agent/check/pass/service:stay-1?note=fine");
            return consul.get("/v1/health/service/stay").index();
        }
    }

    /** Asserts that the instance, its output and its index are kept, and that only its own change wakes a query. */
    private static void assertKeptOverConsul(RunningRegistry registry, long before) throws Exception {
        try (var consul = new ConsulClient(registry.address())) {
            var waiting = consul.getLater("/v1/health/service/stay?index=" + before + "&wait=60s");
            var entry = consul.get("/v1/health/service/stay?passing");
            assertThat(entry.json()).hasSize(1);
            assertThat(entry.json().at("/0/Checks/0/Output").asString()).isEqualTo("fine");
            assertThat(entry.index()).isGreaterThanOrEqualTo(before);
            var pass = consul.put("/v1/agent/check/pass/service:stay-1?note=fine");
            assertThat(pass.status()).isEqualTo(200);
            assertThat(waiting).isNotDone();

            consul.put("/v1/agent/service/deregister/stay-1");
            var woken = waiting.get(20, TimeUnit.SECONDS);
            assertThat(woken.text()).isEqualTo("[]");
            assertThat(woken.index()).isGreaterThan(before);
        }
    }

    /** Returns the last moment before the registry accepts connections. */
    private static Instant lastUnreachableInstant(int port) {
        var deaf = new Instant[] {Instant.now()};
        await().atMost(Duration.ofMinutes(2)).pollInterval(Duration.ofMillis(5)).until(() -> {
            var before = Instant.now();
            try (var socket = new Socket()) {
                socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1_000);
                return true;
            } catch (IOException refused) {
                deaf[0] = before;
                return false;
            }
        });
        return deaf[0];
    }

    private RunningRegistry start(int port) {
        try {
            return RunningRegistry.start(directory, port, List.of());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
