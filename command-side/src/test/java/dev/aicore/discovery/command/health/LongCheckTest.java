package dev.aicore.discovery.command.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.aicore.discovery.command.testing.CommandServer;
import dev.aicore.discovery.healthchecks.probe.ProbeResult;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.springframework.http.MediaType;
import reactor.core.publisher.Mono;

/** Tests an on-demand check that takes longer than its request. */
class LongCheckTest {

    @Test
    void onDemandCheck_beyondRequestTimeout_returns503AndCountsResult() {
        var result = new CompletableFuture<ProbeResult>();
        try (var server = CommandServer.start(
                List.of(StubProber.InPlace.class), "--service-discovery.server.request-timeout=1s")) {
            server.bean(StubProber.class).does(probe -> Mono.fromFuture(result));
            var client = server.client();
            client.post()
                    .uri("/api/v1/services")
                    .contentType(MediaType.APPLICATION_JSON)
                    .bodyValue("""
                            {"id": "long-1", "name": "web", "address": "10.0.0.1", "port": 80,
                             "health_check": {"check_type": "tcp", "interval": 3600, "timeout": 300}}""")
                    .exchange()
                    .expectStatus()
                    .isCreated();
            var checkScheduler = server.bean(CheckScheduler.class);
            await().until(() -> checkScheduler.countStates().watched() == 1);

            client.post()
                    .uri("/api/v1/services/long-1/health")
                    .exchange()
                    .expectStatus()
                    .isEqualTo(503)
                    .expectBody()
                    .jsonPath("$.code")
                    .isEqualTo("timed_out");

            result.complete(StubProber.passed());
            assertThat(checkScheduler.countStates().passing()).isEqualTo(1);
        }
    }
}
