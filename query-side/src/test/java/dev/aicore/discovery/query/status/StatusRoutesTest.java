package dev.aicore.discovery.query.status;

import static dev.aicore.discovery.query.testing.ApiClient.ok;
import static dev.aicore.discovery.query.testing.ApiClient.problem;
import static dev.aicore.discovery.query.testing.ApiClient.texts;
import static org.assertj.core.api.Assertions.assertThat;

import dev.aicore.discovery.api.health.HealthState;
import dev.aicore.discovery.api.status.ComponentStatus;
import dev.aicore.discovery.api.status.RegistryStatusView.Check;
import dev.aicore.discovery.api.status.RegistryStatusView.Registry;
import dev.aicore.discovery.config.status.ReadinessIndicator;
import dev.aicore.discovery.config.status.ShutdownIndicator;
import dev.aicore.discovery.config.status.StatusSource;
import dev.aicore.discovery.config.status.WriteReadinessIndicator;
import dev.aicore.discovery.query.testing.QueryFixture;
import dev.aicore.discovery.query.testing.QueryServer;
import dev.aicore.discovery.query.testing.ReadModelRows;
import dev.aicore.discovery.query.testing.SampleInstance;
import dev.aicore.discovery.web.ApiJson;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.test.web.reactive.server.WebTestClient;
import reactor.core.publisher.Mono;

@Tag("integration")
class StatusRoutesTest {

    @RegisterExtension
    static final QueryFixture registry = new QueryFixture(Parts.class);

    private final ReadModelRows rows = registry.rows();
    private final WebTestClient client = registry.client();

    @BeforeEach
    void ready() {
        registry.server().bean(Parts.class).trouble.set("");
        registry.server().bean(Parts.class).cacheTrouble.set("");
        registry.postgres().execute("DELETE FROM store.head", """
                INSERT INTO store.head (position, owner, incarnation, shards, recorded_at)
                VALUES (120, 'node-1', '6f1c1f0e-0000-4000-8000-000000000001', 16, '2026-11-23T12:00:00Z')
                """);
    }

    @Test
    void health_ofRunningProcess_isUp() {
        registry.server().bean(Parts.class).trouble.set("3 of 16 are open");

        client.get()
                .uri("/health")
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody()
                .json("{\"status\":\"UP\"}");
    }

    @Test
    void deepHealth_requiresAllNeededComponents() {
        registry.server().bean(Parts.class).trouble.set("3 of 16 are open");
        Awaitility.await().untilAsserted(() -> {
            var problem = problem(client, "/health?deep=true", 503, "not_ready");
            assertThat(texts(problem.path("errors"), "field")).containsExactly("shards");
            assertThat(texts(problem.path("errors"), "message").getFirst()).startsWith("3 of 16 are open, after ");
        });
    }

    /** A node that answers what it has in memory stays ready, so that its callers get answers. */
    @Test
    void readiness_withFailedComponent_tellsIt() {
        registry.server().bean(Parts.class).trouble.set("3 of 16 are open");
        Awaitility.await()
                .untilAsserted(() -> client.get()
                        .uri("/health?ready=true")
                        .exchange()
                        .expectStatus()
                        .isOk()
                        .expectBody()
                        .json("""
                                {"status": "UP", "checks": [
                                    {"name": "postgres", "ready": true, "detail": "ready"},
                                    {"name": "shards", "ready": false, "detail": "3 of 16 are open"}]}
                                """));

        registry.server().bean(Parts.class).trouble.set("");
        Awaitility.await()
                .untilAsserted(() -> client.get()
                        .uri("/health?ready=true")
                        .exchange()
                        .expectStatus()
                        .isOk()
                        .expectBody()
                        .json("""
                                {"status": "UP", "checks": [
                                    {"name": "postgres", "ready": true, "detail": "ready"},
                                    {"name": "shards", "ready": true, "detail": "ready"}]}
                                """));
    }

    @Test
    void readinessForWrites_requiresThatOneWouldBeTaken() {
        registry.server().bean(Parts.class).writeTrouble.set("another node");
        var problem = problem(client, "/health?ready=writes", 503, "not_ready");
        assertThat(texts(problem.path("errors"), "field")).containsExactly("writes");
        assertThat(texts(problem.path("errors"), "message")).containsExactly("another node");
        client.get().uri("/health?ready=true").exchange().expectStatus().isOk();

        registry.server().bean(Parts.class).writeTrouble.set("");
        client.get().uri("/health?ready=writes").exchange().expectStatus().isOk();
    }

    /** A proxy that balances requests over nodes then leaves this one out, before it refuses connections. */
    @Test
    void readiness_ofStoppingNode_fails() {
        var shutdown = registry.server().bean(ShutdownIndicator.class);
        shutdown.stop();
        try {
            for (var ready : List.of("true", "writes")) {
                var problem = problem(client, "/health?ready=" + ready, 503, "not_ready");
                assertThat(texts(problem.path("errors"), "message")).containsExactly("The node is stopping.");
            }
            client.get().uri("/health").exchange().expectStatus().isOk();
        } finally {
            shutdown.start();
        }
    }

    @Test
    void deepHealth_includesOptionalComponents() {
        registry.server().bean(Parts.class).cacheTrouble.set("black hole");
        Awaitility.await().untilAsserted(() -> {
            var health = client.get()
                    .uri("/health?deep=true")
                    .exchange()
                    .expectStatus()
                    .isOk();
            var json = ApiJson.mapper()
                    .readTree(Objects.requireNonNull(
                            health.expectBody(byte[].class).returnResult().getResponseBody()));
            assertThat(json.path("status").asString()).isEqualTo("UP");
            assertThat(texts(json.path("checks"), "name")).containsExactly("cache", "postgres", "shards");
            assertThat(texts(json.path("checks"), "ready")).containsExactly("false", "true", "true");
            assertThat(texts(json.path("checks"), "needed")).containsExactly("false", "true", "true");
            assertThat(texts(json.path("checks"), "detail")).containsExactly("black hole", "ready", "ready");
            assertThat(texts(json.path("checks"), "duration_ms")).allMatch(text -> text.matches("[0-9]+"));
        });
        client.get().uri("/health?ready=true").exchange().expectStatus().isOk();
    }

    @Test
    void deepHealth_withoutNeededComponent_returns503() {
        registry.server().bean(Parts.class).trouble.set("3 of 16 are open");

        Awaitility.await().untilAsserted(() -> {
            var problem = problem(client, "/health?deep=1", 503, "not_ready");
            assertThat(texts(problem.path("errors"), "field")).containsExactly("shards");
            assertThat(texts(problem.path("errors"), "message").getFirst())
                    .matches("3 of 16 are open, after [0-9]+ ms");
        });
    }

    @Test
    void status_returnsStateOfRegistry() {
        rows.instance(SampleInstance.of("web", "a"), 1);
        rows.instance(SampleInstance.of("web", "b").expired(), 2);
        rows.instance(SampleInstance.of("db", "c"), 3);
        rows.watermark("instances", 110);
        rows.watermark("audit", 120);

        var answer = ok(client, "/api/v1/status");

        assertThat(answer.path("meta").path("position").asLong()).isEqualTo(120);
        var status = answer.path("data");
        assertThat(status.path("version").asString()).isEqualTo("0.1.0");
        assertThat(status.path("environment").asString()).isEqualTo("development");
        assertThat(status.path("target").asString()).isEqualTo("all");
        assertThat(status.path("node").asString()).isEqualTo("node-1");
        assertThat(status.path("started_at").asString()).isEqualTo("2026-11-23T12:00:00.000Z");
        assertThat(status.path("store").path("incarnation").asString())
                .isEqualTo("6f1c1f0e-0000-4000-8000-000000000001");
        assertThat(status.path("store").path("position").asLong()).isEqualTo(120);
        assertThat(status.path("store").path("shards").asInt()).isEqualTo(16);
        assertThat(status.path("shards").path("open").asInt()).isEqualTo(16);
        assertThat(status.path("leases").path("grace_cause").asString()).isEqualTo("start");
        assertThat(texts(status.path("projections"), "name")).containsExactly("audit", "instances");
        assertThat(texts(status.path("projections"), "lag")).containsExactly("0", "10");
        assertThat(texts(status.path("projections"), "state")).containsExactly("", "running");
        assertThat(status.path("registry").path("services").asLong()).isEqualTo(2);
        assertThat(status.path("registry").path("instances").asLong()).isEqualTo(3);
        assertThat(status.path("registry").path("by_status").path("healthy").asLong())
                .isEqualTo(2);
        assertThat(status.path("registry").path("by_status").path("expired").asLong())
                .isEqualTo(1);
        assertThat(status.path("registry").path("by_status").path("ejected").asLong())
                .isZero();
    }

    @Test
    void status_countsOverdueAndDampedInstances() {
        rows.instance(SampleInstance.of("web", "a").overdue(), 1);
        rows.instance(SampleInstance.of("web", "b").overdue(), 2);
        rows.instance(SampleInstance.of("web", "c"), 3);
        rows.instance(SampleInstance.of("db", "d").health(HealthState.UNHEALTHY), 4);
        rows.instance(SampleInstance.of("db", "e").health(HealthState.UNHEALTHY), 5);
        auditHealthChange(5, "d", 4);
        auditHealthChange(6, "e", 4);
        auditHealthChange(7, "e", 0);
        rows.auditOfRegistry(8, "", "web", "PreservationEntered", "1 of 4 instances have expired.", "Held back.");

        var registered = ok(client, "/api/v1/status").path("data").path("registry");

        assertThat(registered.path("overdue").asLong()).isEqualTo(2);
        assertThat(registered.path("damped").asLong()).isEqualTo(1);
        assertThat(registered.path("preserving_services").asLong()).isEqualTo(1);
        assertThat(registered.path("preserving").size()).isEqualTo(1);
        var web = registered.path("preserving").get(0);
        assertThat(web.path("service").asString()).isEqualTo("web");
        assertThat(web.path("instances").asLong()).isEqualTo(3);
        assertThat(web.path("overdue").asLong()).isEqualTo(2);
        assertThat(web.path("since").asString()).isEqualTo("2026-11-23T12:00:08.000Z");
        assertThat(web.path("explanation").asString())
                .startsWith("2 of 3 instances are overdue")
                .endsWith("Cause: 1 of 4 instances have expired.");
    }

    @Test
    void status_ofManyServicesInSelfPreservation_returnsFirstTwentyAndTheirNumber() {
        for (int i = 10; i < 35; i++) {
            rows.instance(SampleInstance.of("s-" + i, "a-" + i).overdue(), i);
            rows.instance(SampleInstance.of("s-" + i, "b-" + i).overdue(), i);
        }

        var registered = ok(client, "/api/v1/status").path("data").path("registry");

        assertThat(registered.path("preserving_services").asLong()).isEqualTo(25);
        assertThat(texts(registered.path("preserving"), "service"))
                .hasSize(Registry.MAX_PRESERVING)
                .startsWith("s-10")
                .endsWith("s-29");
    }

    private void auditHealthChange(long position, String id, int passesNeeded) {
        rows.auditOfRegistry(
                position, id, "db", "HealthChanged", "", "It turned.", "{\"passes_needed\": " + passesNeeded + "}");
    }

    @Configuration(proxyBeanMethods = false)
    static class Parts {
        final AtomicReference<String> trouble = new AtomicReference<>("");
        final AtomicReference<String> cacheTrouble = new AtomicReference<>("");
        final AtomicReference<String> writeTrouble = new AtomicReference<>("");

        @Bean
        WriteReadinessIndicator writesProbe() {
            return writeTrouble::get;
        }

        @Bean
        ReadinessIndicator cacheProbe() {
            var indicator = ReadinessIndicator.of("cache", cacheTrouble::get);
            return new ReadinessIndicator() {
                @Override
                public Mono<Check> check() {
                    return indicator.check();
                }

                @Override
                public boolean isNeeded() {
                    return false;
                }
            };
        }

        @Bean
        ReadinessIndicator shardsProbe() {
            return ReadinessIndicator.of("shards", trouble::get);
        }

        @Bean
        StatusSource parts() {
            return () -> List.of(
                    new ComponentStatus.Shards(16, 16, 16, List.of()),
                    new ComponentStatus.Leases(3, QueryServer.STARTED.plusSeconds(30), "start", null),
                    new ComponentStatus.Projection("instances", "running", 4, 0));
        }
    }
}
