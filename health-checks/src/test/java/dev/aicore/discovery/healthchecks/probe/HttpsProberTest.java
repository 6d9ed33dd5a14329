package dev.aicore.discovery.healthchecks.probe;

import static dev.aicore.discovery.healthchecks.probe.ProberFixture.https;
import static dev.aicore.discovery.healthchecks.probe.ScriptedTcpServer.OK;
import static org.assertj.core.api.Assertions.assertThat;

import dev.aicore.discovery.api.health.CheckFailureCode;
import dev.aicore.discovery.healthchecks.outbound.TestOutboundClients;
import dev.aicore.discovery.healthchecks.outbound.TestPolicies;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Mono;

class HttpsProberTest {

    /** Type of the record that begins a handshake, by RFC 8446. */
    private static final int TLS_HANDSHAKE = 22;

    private static SelfSignedCertificate here;
    private static SelfSignedCertificate other;

    @BeforeAll
    static void make(@TempDir Path folder) throws Exception {
        here = SelfSignedCertificate.of(folder, "dns:localhost,ip:127.0.0.1");
        other = SelfSignedCertificate.of(folder, "dns:other.example");
    }

    @Test
    void trustedCertificate_passes() throws Exception {
        try (var proberFixture = new ProberFixture(TestOutboundClients.trusting(here.certificate()));
                var server = server(here)) {
            assertThat(proberFixture.probe(https("127.0.0.1", server.port(), Map.of())))
                    .isEqualTo(ProbeResult.pass("200"));
            assertThat(proberFixture.probe(https("localhost", server.port(), Map.of())))
                    .isEqualTo(ProbeResult.pass("200"));
        }
    }

    @Test
    void tlsOfTheCheck_countsInsteadOfTheProtocol() throws Exception {
        try (var proberFixture = new ProberFixture(TestOutboundClients.trusting(here.certificate()));
                var server = server(here)) {
            assertThat(proberFixture.probe(ProberFixture.http(server.port(), Map.of("tls", true))))
                    .isEqualTo(ProbeResult.pass("200"));
            assertThat(proberFixture
                            .probe(https("127.0.0.1", server.port(), Map.of("tls", false)))
                            .passed())
                    .isFalse();
        }
    }

    @Test
    void certificateForOtherName_fails() throws Exception {
        try (var proberFixture = new ProberFixture(TestOutboundClients.trusting(other.certificate()));
                var server = server(other)) {
            assertThat(proberFixture.probe(https("localhost", server.port(), Map.of())))
                    .isEqualTo(ProbeResult.fail(CheckFailureCode.TLS, "certificate"));
        }
    }

    @Test
    void untrustedCertificate_fails() throws Exception {
        try (var proberFixture = ProberFixture.plain();
                var server = server(here)) {
            assertThat(proberFixture.probe(https("localhost", server.port(), Map.of())))
                    .isEqualTo(ProbeResult.fail(CheckFailureCode.TLS, "certificate"));
        }
    }

    @Test
    void untrustedCertificate_withSkipVerify_passes() throws Exception {
        try (var proberFixture = ProberFixture.plain();
                var server = server(other)) {
            assertThat(proberFixture.probe(https("127.0.0.1", server.port(), Map.of("tls_skip_verify", true))))
                    .isEqualTo(ProbeResult.pass("200"));
        }
    }

    @Test
    void reusedConnection_isBoundToOneName() throws Exception {
        try (var proberFixture = new ProberFixture(TestOutboundClients.trusting(here.certificate()));
                var server = server(here)) {
            proberFixture.through(TestOutboundClients.landing(
                    TestPolicies.development(),
                    name -> Mono.just(List.of(InetAddress.getLoopbackAddress())),
                    server.port()));
            assertThat(proberFixture.probe(https("localhost", 443, Map.of())).passed())
                    .isTrue();
            assertThat(proberFixture.probe(https("victim.example", 443, Map.of())))
                    .isEqualTo(ProbeResult.fail(CheckFailureCode.TLS, "certificate"));
        }
    }

    @Test
    void plainServer_failsTls() throws Exception {
        try (var proberFixture = ProberFixture.plain();
                var server = new ScriptedTcpServer(socket -> ScriptedTcpServer.write(socket, OK))) {
            assertThat(proberFixture
                            .probe(https("127.0.0.1", server.port(), Map.of()))
                            .failure())
                    .isEqualTo(CheckFailureCode.TLS);
        }
    }

    @Test
    void endlessHandshake_timesOut() throws Exception {
        var firstByte = new CompletableFuture<Integer>();
        try (var proberFixture = ProberFixture.plain();
                var server = new ScriptedTcpServer(socket -> {
                    firstByte.complete(socket.getInputStream().read());
                    socket.getInputStream().readAllBytes();
                })) {
            var result = proberFixture.begin(https("127.0.0.1", server.port(), Map.of()));
            assertThat(firstByte).succeedsWithin(Duration.ofSeconds(30)).isEqualTo(TLS_HANDSHAKE);
            proberFixture.pass(ProberFixture.TIMEOUT_SECONDS - 1);
            assertThat(result).isNotDone();
            proberFixture.pass(1);
            assertThat(ProberFixture.await(result).failure()).isEqualTo(CheckFailureCode.TIMEOUT);
        }
    }

    private static ScriptedTcpServer server(SelfSignedCertificate certificate) throws Exception {
        return new ScriptedTcpServer(certificate.sockets(), socket -> {
            while (!ScriptedTcpServer.read(socket).isEmpty()) {
                ScriptedTcpServer.write(socket, OK);
            }
        });
    }
}
