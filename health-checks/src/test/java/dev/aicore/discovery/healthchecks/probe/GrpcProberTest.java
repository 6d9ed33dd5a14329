package dev.aicore.discovery.healthchecks.probe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aicore.discovery.api.health.CheckFailureCode;
import dev.aicore.discovery.config.telemetry.RecordedTraces;
import dev.aicore.discovery.healthchecks.outbound.TestOutboundClients;
import dev.aicore.discovery.healthchecks.probe.Prober.Probe;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GrpcProberTest {

    private final ProberFixture proberFixture = ProberFixture.plain();

    @AfterEach
    void close() {
        proberFixture.close();
    }

    @Test
    void servingTarget_passes() throws Exception {
        try (var target = GrpcTarget.plain()) {
            assertThat(proberFixture.probe(grpc(target.port(), Map.of()))).isEqualTo(ProbeResult.pass("SERVING"));
            target.setStatus("orders", ServingStatus.SERVING);
            assertThat(proberFixture.probe(grpc(target.port(), Map.of("service", "orders"))))
                    .isEqualTo(ProbeResult.pass("SERVING"));
        }
    }

    @Test
    void notServingTarget_fails() throws Exception {
        try (var target = GrpcTarget.plain()) {
            target.setStatus("", ServingStatus.NOT_SERVING);
            assertThat(proberFixture.probe(grpc(target.port(), Map.of())))
                    .isEqualTo(ProbeResult.fail(CheckFailureCode.NOT_SERVING, "NOT_SERVING"));
            assertThat(proberFixture.probe(grpc(target.port(), Map.of("service", "unheard"))))
                    .isEqualTo(ProbeResult.fail(CheckFailureCode.NOT_SERVING, "NOT_FOUND"));
        }
    }

    @Test
    void recordedCheck_namesItsSpanToTarget() throws Exception {
        try (var traces = new RecordedTraces();
                var target = GrpcTarget.plain()) {
            var span = traces.begin("check grpc");
            var traced =
                    proberFixture.probers().probe(grpc(target.port(), Map.of())).contextWrite(span::addTo);
            assertThat(ProberFixture.await(traced.toFuture()).passed()).isTrue();
            assertThat(proberFixture.probe(grpc(target.port(), Map.of())).passed())
                    .isTrue();

            assertThat(target.traceParents())
                    .as("only the recorded check")
                    .containsExactly(span.context().traceParent());
        }
    }

    @Test
    void channel_isReused() throws Exception {
        try (var target = GrpcTarget.plain()) {
            for (int i = 0; i < 5; i++) {
                assertThat(proberFixture.probe(grpc(target.port(), Map.of())).passed())
                        .isTrue();
            }
            assertThat(target.connections()).isEqualTo(1);
        }
    }

    @Test
    void restartedTarget_passesAtOnce() throws Exception {
        int port;
        try (var target = GrpcTarget.plain()) {
            port = target.port();
            assertThat(proberFixture.probe(grpc(port, Map.of())).passed()).isTrue();
        }
        for (int i = 0; i < 3; i++) {
            assertThat(proberFixture.probe(grpc(port, Map.of())).passed()).isFalse();
        }
        assertThat(proberFixture.probe(grpc(port, Map.of()))).isEqualTo(ProbeResult.fail(CheckFailureCode.REFUSED, ""));
        try (var target = new GrpcTarget(port, null)) {
            assertThat(proberFixture.probe(grpc(target.port(), Map.of())).passed())
                    .isTrue();
        }
    }

    @Test
    void target_withOtherProtocol_fails() throws Exception {
        try (var server = new ScriptedTcpServer(
                socket -> ScriptedTcpServer.write(socket, "HTTP/1.1 400 Bad Request", "Content-Length: 0", "", ""))) {
            assertThat(proberFixture.probe(grpc(server.port(), Map.of())).failure())
                    .isIn(CheckFailureCode.PROTOCOL, CheckFailureCode.RESET);
        }
    }

    @Test
    void silentServer_isDisconnectedAtTimeout() throws Exception {
        try (var server =
                new ScriptedTcpServer(socket -> socket.getInputStream().readAllBytes())) {
            var result = proberFixture.begin(grpc(server.port(), Map.of()));
            server.awaitBegun();
            proberFixture.pass(ProberFixture.TIMEOUT_SECONDS);
            assertThat(ProberFixture.await(result).failure()).isEqualTo(CheckFailureCode.TIMEOUT);
            server.awaitEnded();
        }
    }

    @Test
    void tlsCertificate_isVerified(@TempDir Path folder) throws Exception {
        var here = SelfSignedCertificate.of(folder, "dns:localhost,ip:127.0.0.1");
        var other = SelfSignedCertificate.of(folder, "dns:other.example");
        try (var trusting = new ProberFixture(TestOutboundClients.trusting(here.certificate(), other.certificate()));
                var good = new GrpcTarget(0, here);
                var bad = new GrpcTarget(0, other)) {
            assertThat(trusting.probe(grpc(good.port(), Map.of("tls", true))).passed())
                    .isTrue();
            assertThat(trusting.probe(grpc(bad.port(), Map.of("tls", true))))
                    .isEqualTo(ProbeResult.fail(CheckFailureCode.TLS, "certificate"));
            assertThat(proberFixture.probe(grpc(good.port(), Map.of("tls", true))))
                    .isEqualTo(ProbeResult.fail(CheckFailureCode.TLS, "certificate"));
        }
    }

    @Test
    void invalidCheck_isNotRun() throws Exception {
        try (var target = GrpcTarget.plain()) {
            assertThat(proberFixture.probe(grpc(target.port(), Map.of("service", 7))))
                    .isEqualTo(ProbeResult.fail(CheckFailureCode.INVALID, "service"));
            assertThat(target.connections()).isZero();
        }
    }

    private static Probe grpc(int port, Map<String, Object> config) {
        return ProberFixture.of("127.0.0.1", port, "grpc", "grpc", config);
    }
}
