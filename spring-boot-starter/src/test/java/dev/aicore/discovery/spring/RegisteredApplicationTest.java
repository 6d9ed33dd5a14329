package dev.aicore.discovery.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.aicore.discovery.client.testing.TestRegistry;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.cloud.client.serviceregistry.Registration;
import org.springframework.cloud.client.serviceregistry.ServiceRegistry;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Applications with a web server, Actuator and Spring Cloud; the registry is in the process. */
class RegisteredApplicationTest {
    private final TestRegistry registry = new TestRegistry();

    @AfterEach
    void close() {
        registry.close();
    }

    @Test
    void application_withWebServer_isHealthyThenGone() {
        try (var context = start()) {
            await().until(() -> status().equals("healthy"));
            var instance = registry.instances("orders").get(0);
            var port = context.getEnvironment().getProperty("local.server.port", Long.class);
            assertThat(instance)
                    .containsEntry("port", port)
                    .containsEntry("address", "127.0.0.1")
                    .containsEntry(
                            "metadata", Map.of("management.port", "" + port, "management.context-path", "/actuator"));
        }
        assertThat(registry.instances("orders")).isEmpty();
        var requests = registry.requests().stream()
                .map(request -> request.method() + " " + request.body())
                .toList();
        int drained = indexOf(requests, "PATCH", "draining");
        assertThat(drained).isPositive();
        assertThat(indexOf(requests, "DELETE", "")).isGreaterThan(drained);
    }

    @Test
    void managementServer_onItsOwnPort_isNotRegistered() {
        try (var context = start("management.server.port=0")) {
            await().until(() -> status().equals("healthy"));
            var instance = registry.instances("orders").get(0);
            var environment = context.getEnvironment();
            assertThat(instance.get("port")).hasToString(environment.getRequiredProperty("local.server.port"));
            assertThat(String.valueOf(instance.get("metadata")))
                    .contains("management.port=" + environment.getRequiredProperty("local.management.port"));
        }
    }

    @Test
    void heartbeats_afterAChangeOfTheHealthGroup_reportIt() {
        try (var context = start(
                "management.endpoint.health.group.readiness.include=database",
                "service-discovery.registration.health-interval=20ms")) {
            await().until(() -> status().equals("healthy"));
            var database = context.getBean(AtomicBoolean.class);
            database.set(false);
            await().until(() -> status().equals("unhealthy"));
            database.set(true);
            await().until(() -> status().equals("healthy"));
        }
    }

    @Test
    @SuppressWarnings({"rawtypes", "unchecked"}) // As Spring Cloud's endpoint uses it.
    void serviceRegistry_takesTheInstanceOutOfService() {
        try (var context = start()) {
            await().until(() -> status().equals("healthy"));
            ServiceRegistry serviceRegistry = context.getBean(ServiceRegistry.class);
            var registration = context.getBean(Registration.class);
            serviceRegistry.setStatus(registration, "OUT_OF_SERVICE");
            assertThat(status()).isEqualTo("maintenance");
            serviceRegistry.setStatus(registration, "UP");
            await().until(() -> status().equals("healthy"));
        }
    }

    @Test
    void application_startedWithoutTheRegistry_isRegisteredOnceItIsBack() {
        registry.away();
        try (var context = start()) {
            assertThat(context.isRunning()).isTrue();
            registry.back();
            await().until(() -> status().equals("healthy"));
        }
    }

    private ConfigurableApplicationContext start(String... properties) {
        return new SpringApplicationBuilder(Application.class)
                .properties(
                        "server.port=0",
                        "spring.application.name=orders",
                        "spring.main.banner-mode=off",
                        "service-discovery.url=" + registry.url(),
                        "service-discovery.cache-directory=",
                        "service-discovery.drain.wait=10ms")
                .properties(properties)
                .run();
    }

    private String status() {
        var instances = registry.instances("orders");
        return instances.isEmpty() ? "absent" : String.valueOf(instances.get(0).get("status"));
    }

    private static int indexOf(List<String> requests, String method, String text) {
        for (int i = 0; i < requests.size(); i++) {
            if (requests.get(i).startsWith(method) && requests.get(i).contains(text)) {
                return i;
            }
        }
        return -1;
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Application {

        @Bean
        AtomicBoolean databaseIsUp() {
            return new AtomicBoolean(true);
        }

        @Bean
        HealthIndicator databaseHealthIndicator(AtomicBoolean databaseIsUp) {
            return () ->
                    databaseIsUp.get() ? Health.up().build() : Health.down().build();
        }
    }
}
