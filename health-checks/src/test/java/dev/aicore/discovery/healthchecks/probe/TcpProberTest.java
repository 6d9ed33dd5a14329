package dev.aicore.discovery.healthchecks.probe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aicore.discovery.api.health.CheckFailureCode;
import dev.aicore.discovery.healthchecks.probe.Prober.Probe;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TcpProberTest {

    private final ProberFixture proberFixture = ProberFixture.plain();

    @AfterEach
    void close() {
        proberFixture.close();
    }

    @Test
    void talkingServer_seesOrderlyClose() throws Exception {
        var seen = new AtomicReference<String>("nothing");
        try (var server = new ScriptedTcpServer(socket -> {
            ScriptedTcpServer.write(socket, "220 mail.example ESMTP", "");
            try {
                seen.set("bytes: " + socket.getInputStream().readAllBytes().length);
            } catch (IOException reset) {
                seen.set("reset");
            }
        })) {
            assertThat(proberFixture.probe(tcp(server.port()))).isEqualTo(ProbeResult.pass(""));
            server.awaitEnded();
            assertThat(seen).hasValue("bytes: 0");
        }
    }

    @Test
    void endlessServer_isDisconnected() throws Exception {
        try (var server = new ScriptedTcpServer(socket -> {
            while (true) {
                socket.getOutputStream().write(new byte[4_096]);
            }
        })) {
            assertThat(proberFixture.probe(tcp(server.port())).passed()).isTrue();
            server.awaitEnded();
        }
    }

    @Test
    void declaredPort_isCheckedInsteadOfTheInstancesPort() throws Exception {
        try (var bound = ScriptedTcpServer.refusing();
                var server = new ScriptedTcpServer(socket -> {})) {
            var declared = Map.<String, Object>of("port", server.port());
            assertThat(proberFixture.probe(ProberFixture.of("127.0.0.1", bound.getLocalPort(), "tcp", "tcp", declared)))
                    .isEqualTo(ProbeResult.pass(""));
        }
    }

    @Test
    void closedPort_failsAsRefused() throws Exception {
        try (var bound = ScriptedTcpServer.refusing()) {
            assertThat(proberFixture.probe(tcp(bound.getLocalPort())))
                    .isEqualTo(ProbeResult.fail(CheckFailureCode.REFUSED, ""));
        }
    }

    private static Probe tcp(int port) {
        return ProberFixture.of("127.0.0.1", port, "tcp", "tcp", Map.of());
    }
}
