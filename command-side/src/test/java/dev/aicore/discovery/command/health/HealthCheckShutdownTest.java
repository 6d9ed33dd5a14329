package dev.aicore.discovery.command.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import dev.aicore.discovery.api.error.ErrorCode;
import dev.aicore.discovery.api.error.RegistryException;
import dev.aicore.discovery.api.health.HealthCheck;
import dev.aicore.discovery.command.health.OnDemandCheck.OnDemandResult;
import dev.aicore.discovery.command.testing.CommandServer;
import dev.aicore.discovery.healthchecks.probe.ProbeResult;
import dev.aicore.discovery.healthchecks.probe.Prober.Probe;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

/** Tests that a node that stops its checks leaves no on-demand caller waiting. */
class HealthCheckShutdownTest {

    @Test
    void close_failsWaitingOnDemandChecks() {
        var result = new CompletableFuture<ProbeResult>();
        try (var server = CommandServer.start(
                List.of(StubProber.InPlace.class),
                "--service-discovery.registry.health-checks.max-concurrent-checks=1")) {
            server.bean(StubProber.class).does(probe -> Mono.fromFuture(result));
            var healthCheckLoop = server.bean(HealthCheckLoop.class);
            var underWay = healthCheckLoop.poll(probe("a"));
            await().until(() -> server.bean(CheckScheduler.class).countStates().underWay() == 1);
            var waiting = List.of(healthCheckLoop.poll(probe("a")), healthCheckLoop.poll(probe("b")));

            healthCheckLoop.close();

            assertThat(waiting).allSatisfy(HealthCheckShutdownTest::assertEnded);
            assertThat(underWay).isNotDone();
            result.complete(StubProber.passed());
            assertEnded(underWay);
            assertThatExceptionOfType(RegistryException.class).isThrownBy(() -> healthCheckLoop.poll(probe("c")));
        }
    }

    private static void assertEnded(CompletableFuture<OnDemandResult> asker) {
        assertThat(asker).isCompletedExceptionally();
        assertThat(asker.exceptionNow())
                .isInstanceOfSatisfying(
                        RegistryException.class,
                        exception -> assertThat(exception.code()).isEqualTo(ErrorCode.STANDBY));
    }

    private static Probe probe(String id) {
        return new Probe(id, "10.0.0.1", 80, "http", new HealthCheck("http", 3_600, 5, 3, 2, Map.of()));
    }
}
