package dev.aicore.discovery.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.aicore.discovery.client.RegistryClient;
import dev.aicore.discovery.client.testing.TestRegistry;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.cloud.client.discovery.event.HeartbeatEvent;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.EventListener;

/** Tests what the operators of an application see of it over HTTP: health, metrics, the endpoint and events. */
class OperatedApplicationTest {
    private final TestRegistry registry = new TestRegistry();
    private final ActuatorRequests requests = new ActuatorRequests();
    private ConfigurableApplicationContext context = start();

    private ConfigurableApplicationContext start(String... properties) {
        registry.configuration("orders", "{\"pool\": {\"size\": 20}}");
        return new SpringApplicationBuilder(Application.class)
                .properties(
                        "server.port=0",
                        "spring.application.name=orders",
                        "spring.main.banner-mode=off",
                        "spring.config.import=service-discovery:",
                        "management.endpoints.web.exposure.include=*",
                        "management.endpoint.health.show-details=always",
                        "management.endpoint.health.probes.enabled=true",
                        "service-discovery.url=" + registry.url(),
                        "service-discovery.cache-directory=",
                        "service-discovery.discovery.names-interval=50ms",
                        "service-discovery.drain.wait=10ms")
                .properties(properties)
                .run();
    }

    @BeforeEach
    void listPayments() {
        registry.has("payments", "10.0.0.1:80");
        var payments = context.getBean(RegistryClient.class).service("payments");
        await().until(() -> payments.instances().size() == 1);
        try (var pick = payments.pick()) {
            pick.succeeded();
        }
        await().until(() -> get("/actuator/health").body().contains("\"state\":\"REGISTERED\""));
    }

    @AfterEach
    void close() {
        context.close();
        registry.close();
    }

    private HttpResponse<String> get(String path) {
        return requests.get(context.getEnvironment().getRequiredProperty("local.server.port") + path);
    }

    @Test
    void health_hasNodeStoreRegistrationListsAndVersions() {
        assertThat(get("/actuator/health/serviceRegistry").body())
                .contains("\"status\":\"UP\"")
                .contains(registry.url().toString(), registry.storeId(), "\"lastHeartbeat\"", "\"lastHeard\"")
                .contains("\"name\":\"payments\"", "\"position\"", "\"age\"", "\"LIVE\"")
                .contains("\"configurations\":{\"orders\":1}");
    }

    @Test
    void outageOfTheRegistry_isNeitherInHealthNorInLivenessOrReadiness() {
        registry.away();
        await().until(() -> get("/actuator/health/serviceRegistry").body().contains("\"connected\":false"));

        assertThat(get("/actuator/health").statusCode()).isEqualTo(200);
        assertThat(get("/actuator/health/liveness").body()).contains("UP").doesNotContain("serviceRegistry");
        assertThat(get("/actuator/health/readiness").body()).contains("UP").doesNotContain("serviceRegistry");
    }

    @Test
    void endpoint_hasTheStateTheListsAndTheRegistrysExplanation() {
        String id = String.valueOf(registry.instances("payments").get(0).get("id"));
        assertThat(get("/actuator/discovery").body()).contains("\"payments\"", "\"counts\"", "\"RENEWED\"");
        assertThat(get("/actuator/discovery/payments").body()).contains("\"eligible\"", "10.0.0.1");
        assertThat(get("/actuator/discovery/unknown").statusCode()).isEqualTo(404);
        assertThat(get("/actuator/discovery/payments/" + id).body())
                .contains("\"eligible\":true", "\"discovered\":true", "The instance is healthy.");

        registry.health(id, "unhealthy");
        await().until(() -> get("/actuator/discovery/payments/" + id).body().contains("The instance is unhealthy."));
        registry.away();
        assertThat(get("/actuator/discovery/payments/" + id).body()).contains("\"error\"", "doesn't answer");
    }

    @Test
    void metrics_countChangesHeartbeatsPicksAndReconnects() {
        registry.has("payments", "10.0.0.2:80");
        await().until(() -> count("changes?tag=type:registered") >= 1);
        assertThat(count("heartbeats?tag=outcome:renewed")).isPositive();
        assertThat(get("/actuator/metrics/service.discovery.client.delay").body())
                .contains("\"COUNT\"", "\"TOTAL_TIME\"");
        // Services have their rows once the number of services was read.
        assertThat(count("services")).isPositive();
        assertThat(count("picks?tag=service:payments&tag=outcome:succeeded")).isEqualTo(1);

        registry.cutStreams();
        await().until(() -> count("reconnects") >= 1);
    }

    private double count(String meter) {
        String body = get("/actuator/metrics/service.discovery.client." + meter).body();
        return Double.parseDouble(body.replaceFirst("(?s).*\"value\":([0-9.E]+).*", "$1"));
    }

    @Test
    void heartbeatEvent_isPublishedWhenTheSetOfServicesChanges() {
        var events = context.getBean(Application.class).events;
        await().until(() -> !events.isEmpty());
        int before = events.size();
        registry.has("payments", "10.0.0.3:80");
        registry.has("stock", "10.0.0.4:80");

        await().until(() -> events.size() > before);
        assertThat(events).hasSize(before + 1);
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Application {
        final List<HeartbeatEvent> events = new CopyOnWriteArrayList<>();

        @EventListener
        void changed(HeartbeatEvent event) {
            events.add(event);
        }

        @Bean
        MeterRegistry meterRegistry() {
            return new SimpleMeterRegistry();
        }
    }
}
