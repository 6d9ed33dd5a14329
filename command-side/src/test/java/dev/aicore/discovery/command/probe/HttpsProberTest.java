package dev.aicore.discovery.command.probe;

import static dev.aicore.discovery.command.probe.Probing.https;
import static org.assertj.core.api.Assertions.assertThat;

import dev.aicore.discovery.api.health.CheckFailure;
import dev.aicore.discovery.config.outbound.OutboundTesting;
import dev.aicore.discovery.config.outbound.Policies;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Mono;

class HttpsProberTest {

    private static final String[] OK = {"HTTP/1.1 200 OK", "Content-Length: 2", "", "ok"};

    private static TestCertificate here;
    private static TestCertificate other;

    @BeforeAll
    static void make(@TempDir Path folder) throws Exception {
        here = TestCertificate.of(folder, "dns:localhost,ip:127.0.0.1");
        other = TestCertificate.of(folder, "dns:other.example");
    }

    @Test
    void aCertificateThatHoldsPasses() throws Exception {
        try (var probing = new Probing(OutboundTesting.trusting(here.certificate()));
                var server = server(here)) {
            assertThat(probing.probe(https("127.0.0.1", server.port(), Map.of())))
                    .isEqualTo(ProbeResult.pass("200"));
            assertThat(probing.probe(https("localhost", server.port(), Map.of())))
                    .isEqualTo(ProbeResult.pass("200"));
        }
    }

    @Test
    void aCertificateForAnotherNameDoesNot() throws Exception {
        try (var probing = new Probing(OutboundTesting.trusting(other.certificate()));
                var server = server(other)) {
            assertThat(probing.probe(https("localhost", server.port(), Map.of())))
                    .isEqualTo(ProbeResult.fail(CheckFailure.TLS, "certificate"));
        }
    }

    @Test
    void aCertificateOfNobodyDoesNot() throws Exception {
        try (var probing = Probing.plain();
                var server = server(here)) {
            assertThat(probing.probe(https("localhost", server.port(), Map.of())))
                    .isEqualTo(ProbeResult.fail(CheckFailure.TLS, "certificate"));
        }
    }

    @Test
    void unlessTheCheckSaysSo() throws Exception {
        try (var probing = Probing.plain();
                var server = server(other)) {
            assertThat(probing.probe(https("127.0.0.1", server.port(), Map.of("tls_skip_verify", true))))
                    .isEqualTo(ProbeResult.pass("200"));
        }
    }

    @Test
    void aKeptConnectionIsOfOneName() throws Exception {
        try (var probing = new Probing(OutboundTesting.trusting(here.certificate()));
                var server = server(here)) {
            probing.through(OutboundTesting.landing(
                    Policies.development(),
                    name -> Mono.just(List.of(InetAddress.getLoopbackAddress())),
                    server.port()));
            assertThat(probing.probe(https("localhost", 443, Map.of())).passed())
                    .isTrue();
            assertThat(probing.probe(https("victim.example", 443, Map.of())))
                    .isEqualTo(ProbeResult.fail(CheckFailure.TLS, "certificate"));
        }
    }

    @Test
    void aPlainServerIsNoTls() throws Exception {
        try (var probing = Probing.plain();
                var server = new RawServer(socket -> RawServer.write(socket, OK))) {
            assertThat(probing.probe(https("127.0.0.1", server.port(), Map.of()))
                            .failure())
                    .isEqualTo(CheckFailure.TLS);
        }
    }

    @Test
    void aHandshakeThatNeverEndsIsHungUpOn() throws Exception {
        try (var probing = Probing.plain();
                var server = new RawServer(socket -> socket.getInputStream().readAllBytes())) {
            var result = probing.begin(https("127.0.0.1", server.port(), Map.of()));
            server.awaitBegun();
            probing.pass(Probing.TIMEOUT_SECONDS);
            assertThat(Probing.await(result).failure()).isEqualTo(CheckFailure.TIMEOUT);
        }
    }

    private static RawServer server(TestCertificate certificate) throws Exception {
        return new RawServer(certificate.sockets(), socket -> {
            while (!RawServer.read(socket).isEmpty()) {
                RawServer.write(socket, OK);
            }
        });
    }
}
