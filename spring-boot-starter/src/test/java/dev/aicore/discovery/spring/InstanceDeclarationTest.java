package dev.aicore.discovery.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.aicore.discovery.spring.InstanceDeclaration.ApplicationFacts;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class InstanceDeclarationTest {
    private static final ApplicationFacts ORDERS = new ApplicationFacts("orders", "1.4.2", false, "/actuator");

    @Test
    void declaration_withoutProperties_describesTheApplication() {
        var instance = declare(Map.of(), new Ports(8080, 8081), ORDERS).instance();
        assertThat(instance.name()).isEqualTo("orders");
        assertThat(instance.port()).isEqualTo(8080);
        assertThat(instance.version()).isEqualTo("1.4.2");
        assertThat(instance.protocol()).isEqualTo("http");
        assertThat(instance.address()).isEqualTo("127.0.0.1");
        assertThat(instance.ttl()).isEqualTo(Duration.ofSeconds(30));
        assertThat(instance.metadata())
                .containsOnly(Map.entry("management.port", "8081"), Map.entry("management.context-path", "/actuator"));
        assertThat(instance.checkPath()).isNull();
    }

    @Test
    void declaration_withProperties_prefersThem() {
        var instance = declare(
                        Map.of(
                                "service-discovery.registration.name", "shop",
                                "service-discovery.registration.id", "shop-1",
                                "service-discovery.registration.port", "9000",
                                "service-discovery.registration.address", "10.1.2.3",
                                "service-discovery.registration.protocol", "grpc",
                                "service-discovery.registration.tags", "canary,blue",
                                "service-discovery.registration.metadata.region", "eu",
                                "service-discovery.registration.zone", "a",
                                "service-discovery.registration.check", "http"),
                        new Ports(8080, null),
                        ORDERS)
                .instance();
        assertThat(instance.name()).isEqualTo("shop");
        assertThat(instance.id()).isEqualTo("shop-1");
        assertThat(instance.port()).isEqualTo(9000);
        assertThat(instance.address()).isEqualTo("10.1.2.3");
        assertThat(instance.protocol()).isEqualTo("grpc");
        assertThat(instance.tags()).containsExactlyInAnyOrder("canary", "blue");
        assertThat(instance.metadata()).containsOnly(Map.entry("region", "eu"));
        assertThat(instance.zone()).isEqualTo("a");
        assertThat(instance.checkPath()).isEqualTo("/actuator/health/readiness");
    }

    @Test
    void protocol_withTls_isHttps() {
        var secure = new ApplicationFacts("orders", null, true, null);
        assertThat(declare(Map.of(), new Ports(8443, 8443), secure).instance().protocol())
                .isEqualTo("https");
    }

    @Test
    void declaration_withoutName_namesTheProperty() {
        var nameless = new ApplicationFacts(null, null, false, null);
        assertThatIllegalStateException()
                .isThrownBy(
                        () -> declare(Map.of(), new Ports(8080, null), nameless).instance())
                .withMessageContaining("spring.application.name");
    }

    @Test
    void port_withoutWebServer_isZero() {
        assertThat(declare(Map.of(), new Ports(null, null), ORDERS).instance().port())
                .isZero();
    }

    private static InstanceDeclaration declare(
            Map<String, String> properties, ListeningPorts ports, ApplicationFacts facts) {
        var source = new MapConfigurationPropertySource(properties);
        source.put("service-discovery.url", "http://127.0.0.1:1");
        return new InstanceDeclaration(
                new Binder(source).bindOrCreate(RegistryProperties.PREFIX, RegistryProperties.class), ports, facts);
    }

    private record Ports(
            @Nullable Integer application, @Nullable Integer management) implements ListeningPorts {}
}
