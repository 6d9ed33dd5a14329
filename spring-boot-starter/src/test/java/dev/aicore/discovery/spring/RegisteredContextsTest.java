package dev.aicore.discovery.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.aicore.discovery.client.testing.TestRegistry;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.context.TestContextManager;

/** Contexts that are closed twice, started again, nested, or without a real web server. */
class RegisteredContextsTest {
    private static final TestRegistry REGISTRY_OF_MOCK = new TestRegistry();

    private final TestRegistry registry = new TestRegistry();

    @AfterEach
    void close() {
        registry.close();
    }

    @Test
    void context_closedTwice_leavesOnce() {
        var context = application().run();
        await().until(this::isHealthy);
        context.close();
        context.close();

        assertThat(registry.requests().stream()
                        .filter(request -> request.method().equals("DELETE")))
                .hasSize(1);
        assertThat(registry.instances("orders")).isEmpty();
    }

    @Test
    void context_startedAgain_isRegisteredAgain_andLeavesNoThread() {
        var before = Thread.getAllStackTraces().keySet();
        for (int i = 0; i < 2; i++) {
            try (var context = application().run()) {
                assertThat(context.isActive()).isTrue();
                await().until(this::isHealthy);
            }
            assertThat(registry.instances("orders")).isEmpty();
        }
        // A request under way ends with its timeout at the latest.
        await().atMost(Duration.ofMinutes(1))
                .untilAsserted(() -> assertThat(Thread.getAllStackTraces().keySet())
                        .filteredOn(thread -> !before.contains(thread))
                        .extracting(Thread::getName)
                        .noneMatch(
                                name -> name.startsWith("registry-client") || name.startsWith("service-discovery-")));
    }

    @Test
    void childContext_isNotRegisteredASecondTime() {
        try (var context = new SpringApplicationBuilder(Parent.class)
                .web(WebApplicationType.NONE)
                .child(Application.class)
                .web(WebApplicationType.SERVLET)
                .properties(properties())
                .run()) {
            await().until(this::isHealthy);
            try (var child = child(context)) {
                assertThat(child.isActive()).isTrue();
            }

            assertThat(registry.instances("orders")).hasSize(1);
            assertThat(isHealthy()).isTrue();
        }
        assertThat(registry.instances("orders")).isEmpty();
    }

    /** A context like that of Spring Cloud's load balancer for one service. */
    private static ConfigurableApplicationContext child(ConfigurableApplicationContext parent) {
        return new SpringApplicationBuilder(Parent.class)
                .parent(parent)
                .web(WebApplicationType.NONE)
                .run();
    }

    @Test
    void mockWebEnvironment_isNotRegistered() throws Exception {
        var manager = new TestContextManager(MockEnvironmentFixture.class);
        try {
            var fixture = new MockEnvironmentFixture();
            manager.prepareTestInstance(fixture);

            assertThat(manager.getTestContext()
                            .getApplicationContext()
                            .getBean(InstanceRegistration.class)
                            .current())
                    .isNull();
            assertThat(REGISTRY_OF_MOCK.requests("POST", "/api/v1/services")).isEmpty();
        } finally {
            manager.getTestContext().markApplicationContextDirty(null);
            REGISTRY_OF_MOCK.close();
        }
    }

    private boolean isHealthy() {
        return registry.instances("orders").stream().anyMatch(instance -> "healthy".equals(instance.get("status")));
    }

    private SpringApplicationBuilder application() {
        return new SpringApplicationBuilder(Application.class).properties(properties());
    }

    private Map<String, Object> properties() {
        return properties(registry);
    }

    static Map<String, Object> properties(TestRegistry registry) {
        return Map.of(
                "server.port", 0,
                "spring.application.name", "orders",
                "spring.main.banner-mode", "off",
                "service-discovery.url", registry.url().toString(),
                "service-discovery.cache-directory", "",
                "service-discovery.drain.wait", "10ms");
    }

    @SpringBootTest(
            classes = Application.class,
            properties = {"spring.application.name=orders", "service-discovery.cache-directory="})
    static class MockEnvironmentFixture {

        @DynamicPropertySource
        static void url(DynamicPropertyRegistry properties) {
            properties.add("service-discovery.url", () -> REGISTRY_OF_MOCK.url().toString());
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Parent {}

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Application {}
}
