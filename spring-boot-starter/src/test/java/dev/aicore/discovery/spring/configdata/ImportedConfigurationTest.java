package dev.aicore.discovery.spring.configdata;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.aicore.discovery.client.RegistryClient;
import dev.aicore.discovery.client.testing.TestRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.config.ConfigDataResourceNotFoundException;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.origin.OriginLookup;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.EventListener;

/** Imports configurations of a registry in the process. */
class ImportedConfigurationTest {
    private final TestRegistry registry = new TestRegistry();

    @TempDir
    private Path directory = Path.of("");

    @AfterEach
    void close() {
        registry.close();
    }

    @Test
    void properties_ofApplicationAndProfile_haveTheirOrigin() {
        registry.configuration("orders", "{\"pool\": {\"size\": 20, \"name\": \"base\"}}");
        registry.configuration("orders-blue", "{\"pool\": {\"name\": \"blue\"}}");
        try (var context = start("service-discovery:", "spring.profiles.active=blue")) {
            assertThat(context.getBean(Pool.class).getSize()).isEqualTo(20);
            assertThat(context.getBean(Pool.class).getName()).isEqualTo("blue");
            var source =
                    requireNonNull(context.getEnvironment().getPropertySources().get("orders@1"));
            assertThat(OriginLookup.getOrigin(source, "pool.size"))
                    .hasToString("configuration of orders, version 1 by anonymous");
            assertThat(context.getBeansOfType(RegistryClient.class)).hasSize(1);
        }
    }

    @Test
    void newerVersion_thatBinds_isInTheBeans() {
        registry.configuration("orders", "{\"pool\": {\"size\": 20}}");
        try (var context = start("service-discovery:")) {
            registry.configuration("orders", "{\"pool\": {\"size\": 30}}");
            await().until(() -> context.getBean(Pool.class).getSize() == 30);
            await().untilAsserted(() ->
                    assertThat(context.getBean(Application.class).changes).containsExactly("orders@2 [pool.size]"));
        }
    }

    @Test
    void newerVersion_thatDoesNotBind_isKeptOut() {
        registry.configuration("orders", "{\"pool\": {\"size\": 20}}");
        try (var context = start("service-discovery:")) {
            await().until(() -> reads() == 2);
            registry.configuration("orders", "{\"pool\": {\"size\": \"many\", \"name\": \"broken\"}}");
            await().until(() -> reads() == 3);
            registry.configuration("orders", "{\"pool\": {\"size\": 40}}");
            await().until(() -> context.getBean(Pool.class).getSize() == 40);
            assertThat(context.getBean(Pool.class).getName()).isEmpty();
        }
    }

    @Test
    void version_fixed_isNotRefreshed() {
        registry.configuration("shared", "{\"pool\": {\"size\": 20}}");
        registry.configuration("shared", "{\"pool\": {\"size\": 30}}");
        try (var context = start("service-discovery:shared?version=1")) {
            assertThat(context.getBean(Pool.class).getSize()).isEqualTo(20);
        }
    }

    @Test
    void configuration_absent_failsTheStartUnlessOptional() {
        assertThatThrownBy(() -> start("service-discovery:")).isInstanceOf(ConfigDataResourceNotFoundException.class);
        try (var context = start("optional:service-discovery:")) {
            assertThat(context.getBean(Pool.class).getSize()).isEqualTo(5);
        }
    }

    @Test
    void registry_away_isExplainedInOneLine() {
        registry.away();
        try {
            start("service-discovery:").close();
        } catch (ConfigDataResourceNotFoundException e) {
            var analysis = new ConfigurationReadFailureAnalyzer().analyze(e);
            assertThat(requireNonNull(analysis).getDescription())
                    .startsWith("The configuration of orders can't be read: ")
                    .doesNotContain("\n");
            return;
        }
        throw new AssertionError("The application started.");
    }

    @Test
    void registry_away_afterAnEarlierStart_startsWithTheSavedVersion() throws IOException {
        registry.configuration("orders", "{\"pool\": {\"size\": 20}}");
        start("service-discovery:", "service-discovery.cache-directory=" + directory)
                .close();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(savedFile())))
                .isEqualTo("rw-------");
        registry.away();
        try (var context = start("service-discovery:", "service-discovery.cache-directory=" + directory)) {
            assertThat(context.getBean(Pool.class).getSize()).isEqualTo(20);
            registry.configuration("orders", "{\"pool\": {\"size\": 30}}");
            registry.back();
            await().until(() -> context.getBean(Pool.class).getSize() == 30);
            await().until(() -> Files.readString(savedFile()).contains("30"));
        }
    }

    @Test
    void savedVersion_damagedOrTurnedOff_isNotUsed() throws IOException {
        registry.configuration("orders", "{\"pool\": {\"size\": 20}}");
        start("service-discovery:", "service-discovery.cache-directory=" + directory)
                .close();
        registry.away();
        assertThatThrownBy(() -> start(
                        "service-discovery:",
                        "service-discovery.cache-directory=" + directory,
                        "service-discovery.config.cache=false"))
                .isInstanceOf(ConfigDataResourceNotFoundException.class);
        Files.writeString(savedFile(), "{\"version\": 1, \"configur");
        assertThatThrownBy(() -> start("service-discovery:", "service-discovery.cache-directory=" + directory))
                .isInstanceOf(ConfigDataResourceNotFoundException.class);
    }

    private Path savedFile() throws IOException {
        try (var files = Files.list(directory)) {
            return files.filter(file -> file.toString().endsWith(".configuration"))
                    .findFirst()
                    .orElseThrow();
        }
    }

    /** Returns the number of requests: that of the import, and one for each wait. */
    private int reads() {
        return registry.requests("GET", "/api/v1/configurations/orders").size();
    }

    private ConfigurableApplicationContext start(String location, String... properties) {
        return new SpringApplicationBuilder(Application.class)
                .web(WebApplicationType.NONE)
                .properties(
                        "spring.main.banner-mode=off",
                        "spring.application.name=orders",
                        "spring.config.import=" + location,
                        "service-discovery.config.start-wait=300ms",
                        "service-discovery.url=" + registry.url(),
                        "service-discovery.cache-directory=")
                .properties(properties)
                .run();
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @EnableConfigurationProperties(Pool.class)
    static class Application {
        final List<String> changes = new CopyOnWriteArrayList<>();

        @EventListener
        void changed(ConfigurationChanged change) {
            changes.add(change.service() + "@" + change.version() + " " + change.keys());
        }
    }

    /** Properties of an application, as Spring Cloud can bind them again. */
    @ConfigurationProperties("pool")
    public static class Pool {
        private volatile int size = 5;
        private volatile String name = "";

        public int getSize() {
            return size;
        }

        public void setSize(int size) {
            this.size = size;
        }

        public String getName() {
            return name;
        }

        public void setName(String name) {
            this.name = name;
        }
    }
}
