package dev.aicore.discovery.command.health;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aicore.discovery.command.testing.CommandServer;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.WebTestClient;

/** Tests a registry whose operator has disabled active checks. */
class HealthChecksDisabledTest {

    private static CommandServer server;
    private static WebTestClient client;

    @BeforeAll
    static void start() {
        server = CommandServer.start(
                List.of(StubProber.InPlace.class), "--service-discovery.registry.health-checks.enabled=false");
        client = server.client();
        client.post()
                .uri("/api/v1/services")
                .contentType(MediaType.APPLICATION_JSON)
                .bodyValue("""
                        {"id": "off-1", "name": "web", "address": "10.0.0.1", "port": 80,
                         "health_check": {"check_type": "http", "interval": 1}}""")
                .exchange()
                .expectStatus()
                .isCreated();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void onDemandCheck_withChecksDisabled_returns409() {
        client.post()
                .uri("/api/v1/services/off-1/health")
                .exchange()
                .expectStatus()
                .isEqualTo(409)
                .expectBody()
                .jsonPath("$.code")
                .isEqualTo("no_active_check")
                .jsonPath("$.detail")
                .value(String.class, detail -> assertThat(detail).contains("registry.health_checks.enabled"));
    }

    @Test
    void monitoringSwitch_withChecksDisabled_isAccepted() {
        for (var method : List.of(HttpMethod.DELETE, HttpMethod.POST)) {
            client.method(method)
                    .uri("/api/v1/services/off-1/monitoring")
                    .exchange()
                    .expectStatus()
                    .isOk()
                    .expectBody()
                    .jsonPath("$.data.monitored")
                    .isEqualTo(method.equals(HttpMethod.POST))
                    .jsonPath("$.data.checks_enabled")
                    .isEqualTo(false);
        }
    }

    @Test
    void instance_withChecksDisabled_isNotMonitored() {
        client.get()
                .uri("/api/v1/health-monitor/stats")
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.data.enabled")
                .isEqualTo(false)
                .jsonPath("$.data.instances.monitored")
                .isEqualTo(0);
    }
}
