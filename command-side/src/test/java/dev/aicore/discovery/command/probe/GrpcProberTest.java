package dev.aicore.discovery.command.probe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aicore.discovery.api.health.CheckFailure;
import dev.aicore.discovery.config.outbound.OutboundTesting;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GrpcProberTest {

    private final Probing probing = Probing.plain();

    @AfterEach
    void close() {
        probing.close();
    }

    @Test
    void whoServesPasses() throws Exception {
        try (var target = GrpcTarget.plain()) {
            assertThat(probing.probe(grpc(target.port(), Map.of()))).isEqualTo(ProbeResult.pass("SERVING"));
            target.says("orders", ServingStatus.SERVING);
            assertThat(probing.probe(grpc(target.port(), Map.of("service", "orders"))))
                    .isEqualTo(ProbeResult.pass("SERVING"));
        }
    }

    @Test
    void whoDoesNotServeFails() throws Exception {
        try (var target = GrpcTarget.plain()) {
            target.says("", ServingStatus.NOT_SERVING);
            assertThat(probing.probe(grpc(target.port(), Map.of())))
                    .isEqualTo(ProbeResult.fail(CheckFailure.NOT_SERVING, "NOT_SERVING"));
            assertThat(probing.probe(grpc(target.port(), Map.of("service", "unheard"))))
                    .isEqualTo(ProbeResult.fail(CheckFailure.NOT_SERVING, "NOT_FOUND"));
        }
    }

    @Test
    void aChannelIsKept() throws Exception {
        try (var target = GrpcTarget.plain()) {
            for (int i = 0; i < 5; i++) {
                assertThat(probing.probe(grpc(target.port(), Map.of())).passed())
                        .isTrue();
            }
            assertThat(target.connections()).isEqualTo(1);
        }
    }

    @Test
    void whoComesBackPassesAtOnce() throws Exception {
        int port;
        try (var target = GrpcTarget.plain()) {
            port = target.port();
            assertThat(probing.probe(grpc(port, Map.of())).passed()).isTrue();
        }
        for (int i = 0; i < 3; i++) {
            assertThat(probing.probe(grpc(port, Map.of())).passed()).isFalse();
        }
        assertThat(probing.probe(grpc(port, Map.of()))).isEqualTo(ProbeResult.fail(CheckFailure.REFUSED, ""));
        try (var target = new GrpcTarget(port, null)) {
            assertThat(probing.probe(grpc(target.port(), Map.of())).passed()).isTrue();
        }
    }

    @Test
    void anotherProtocolIsTold() throws Exception {
        try (var server = new RawServer(
                socket -> RawServer.write(socket, "HTTP/1.1 400 Bad Request", "Content-Length: 0", "", ""))) {
            assertThat(probing.probe(grpc(server.port(), Map.of())).failure())
                    .isIn(CheckFailure.PROTOCOL, CheckFailure.RESET);
        }
    }

    @Test
    void aServerThatNeverAnswersIsHungUpOn() throws Exception {
        try (var server = new RawServer(socket -> socket.getInputStream().readAllBytes())) {
            var result = probing.begin(grpc(server.port(), Map.of()));
            server.awaitBegun();
            probing.pass(Probing.TIMEOUT_SECONDS);
            assertThat(Probing.await(result).failure()).isEqualTo(CheckFailure.TIMEOUT);
            server.awaitEnded();
        }
    }

    @Test
    void tlsIsVerified(@TempDir Path folder) throws Exception {
        var here = TestCertificate.of(folder, "dns:localhost,ip:127.0.0.1");
        var other = TestCertificate.of(folder, "dns:other.example");
        try (var trusting = new Probing(OutboundTesting.trusting(here.certificate(), other.certificate()));
                var good = new GrpcTarget(0, here);
                var bad = new GrpcTarget(0, other)) {
            assertThat(trusting.probe(grpc(good.port(), Map.of("tls", true))).passed())
                    .isTrue();
            assertThat(trusting.probe(grpc(bad.port(), Map.of("tls", true))))
                    .isEqualTo(ProbeResult.fail(CheckFailure.TLS, "certificate"));
            assertThat(probing.probe(grpc(good.port(), Map.of("tls", true))))
                    .isEqualTo(ProbeResult.fail(CheckFailure.TLS, "certificate"));
        }
    }

    @Test
    void whatIsNoCheckIsNotRun() throws Exception {
        try (var target = GrpcTarget.plain()) {
            assertThat(probing.probe(grpc(target.port(), Map.of("service", 7))))
                    .isEqualTo(ProbeResult.fail(CheckFailure.INVALID, "service"));
            assertThat(target.connections()).isZero();
        }
    }

    private static Probe grpc(int port, Map<String, Object> config) {
        return Probing.of("127.0.0.1", port, "grpc", "grpc", config);
    }
}
