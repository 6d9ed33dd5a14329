package dev.aicore.discovery.healthchecks.probe;

import static dev.aicore.discovery.healthchecks.probe.ProberFixture.http;
import static dev.aicore.discovery.healthchecks.probe.ScriptedTcpServer.OK;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.aicore.discovery.api.health.CheckFailureCode;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Tests connections that are reused, slow, or broken. */
class HttpProberConnectionTest {

    private final ProberFixture proberFixture = ProberFixture.plain();

    @AfterEach
    void close() {
        proberFixture.close();
    }

    @Test
    void connection_isReused() throws Exception {
        try (var server = ScriptedTcpServer.answering(OK)) {
            var dispatchingProber = proberFixture.probers();
            // A connection is released shortly after its response is delivered.
            await().until(() -> {
                int before = server.connections();
                var result =
                        dispatchingProber.probe(http(server.port(), Map.of())).toFuture();
                return ProberFixture.await(result).passed() && server.connections() == before;
            });
        }
    }

    @Test
    void reusedConnection_endingBeforeResponse_isReplaced() throws Exception {
        var cutOff = new AtomicInteger();
        try (var server = new ScriptedTcpServer(socket -> {
            ScriptedTcpServer.read(socket);
            ScriptedTcpServer.write(socket, OK);
            if (!ScriptedTcpServer.read(socket).isEmpty()) {
                cutOff.incrementAndGet();
            }
        })) {
            var dispatchingProber = proberFixture.probers();
            // A connection is released shortly after its response is delivered.
            await().until(() -> {
                var result =
                        dispatchingProber.probe(http(server.port(), Map.of())).toFuture();
                assertThat(ProberFixture.await(result)).isEqualTo(ProbeResult.pass("200"));
                return cutOff.get() > 0;
            });
        }
    }

    @Test
    void reusedConnection_endingWithinResponse_fails() throws Exception {
        try (var server = new ScriptedTcpServer(socket -> {
            ScriptedTcpServer.read(socket);
            ScriptedTcpServer.write(socket, OK);
            ScriptedTcpServer.read(socket);
            ScriptedTcpServer.write(socket, "HTTP/1.1 200 OK", "Content-Length: 10", "", "half");
        })) {
            var dispatchingProber = proberFixture.probers();
            await().until(() -> {
                int before = server.connections();
                var result =
                        dispatchingProber.probe(http(server.port(), Map.of())).toFuture();
                return ProberFixture.await(result).failure() == CheckFailureCode.RESET
                        && server.connections() == before;
            });
        }
    }

    @Test
    void silentServer_isDisconnectedAtTimeout() throws Exception {
        try (var server = new ScriptedTcpServer(HttpProberConnectionTest::readToTheEnd)) {
            var result = proberFixture.begin(http(server.port(), Map.of()));
            server.awaitBegun();
            proberFixture.pass(ProberFixture.TIMEOUT_SECONDS - 1);
            assertThat(result).isNotDone();
            proberFixture.pass(1);
            assertThat(ProberFixture.await(result)).isEqualTo(ProbeResult.fail(CheckFailureCode.TIMEOUT, ""));
            server.awaitEnded();
        }
    }

    @Test
    void tricklingResponse_doesNotExtendTimeout() throws Exception {
        var drops = new java.util.concurrent.Semaphore(0);
        try (var server = new ScriptedTcpServer(socket -> {
            ScriptedTcpServer.read(socket);
            for (char drop : "HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n".toCharArray()) {
                drops.acquireUninterruptibly();
                ScriptedTcpServer.write(socket, String.valueOf(drop));
            }
        })) {
            var result = proberFixture.begin(http(server.port(), Map.of()));
            server.awaitBegun();
            for (int second = 0; second < ProberFixture.TIMEOUT_SECONDS; second++) {
                assertThat(result).isNotDone();
                drops.release();
                proberFixture.pass(1);
            }
            assertThat(ProberFixture.await(result)).isEqualTo(ProbeResult.fail(CheckFailureCode.TIMEOUT, ""));
            drops.release(1_000);
        }
    }

    @Test
    void nonHttpResponse_fails() throws Exception {
        try (var server = new ScriptedTcpServer(socket -> {
            ScriptedTcpServer.read(socket);
            ScriptedTcpServer.write(socket, "220 mail.example ESMTP", "", "");
            readToTheEnd(socket);
        })) {
            assertThat(proberFixture.probe(http(server.port(), Map.of())).failure())
                    .isEqualTo(CheckFailureCode.PROTOCOL);
        }
    }

    @Test
    void earlyConnectionEnd_failsAsReset() throws Exception {
        try (var silent = new ScriptedTcpServer(ScriptedTcpServer::read);
                var half = new ScriptedTcpServer(socket -> {
                    ScriptedTcpServer.read(socket);
                    ScriptedTcpServer.write(socket, "HTTP/1.1 200 OK", "Content-Length: 10", "", "half");
                });
                var reset = new ScriptedTcpServer(socket -> {
                    ScriptedTcpServer.read(socket);
                    socket.setSoLinger(true, 0);
                })) {
            for (var server : List.of(silent, half, reset)) {
                assertThat(proberFixture.probe(http(server.port(), Map.of())).failure())
                        .isEqualTo(CheckFailureCode.RESET);
            }
        }
    }

    @Test
    void closedPort_failsAsRefused() throws Exception {
        try (var bound = ScriptedTcpServer.refusing()) {
            assertThat(proberFixture.probe(http(bound.getLocalPort(), Map.of())))
                    .isEqualTo(ProbeResult.fail(CheckFailureCode.REFUSED, ""));
        }
    }

    private static void readToTheEnd(java.net.Socket socket) throws java.io.IOException {
        while (socket.getInputStream().read() >= 0) {
            // No response is sent.
        }
    }
}
