package dev.aicore.discovery.client.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aicore.discovery.client.RegistryClient;
import java.time.Duration;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

@ServiceRegistryTest
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ServiceRegistryExtensionTest {

    @Test
    @Order(1)
    void registry_isInjected_andNamedByAProperty(TestRegistry registry) {
        assertThat(System.getProperty("service-discovery.url"))
                .isEqualTo(registry.url().toString());
        registry.has("payments", "10.0.0.1:80");
        try (var client = RegistryClient.at(System.getProperty("service-discovery.url"))
                .firstAnswer(Duration.ofSeconds(20))
                .open()) {
            assertThat(ClientFixture.pickedAddress(client.service("payments"))).isEqualTo("10.0.0.1");
        }
        registry.away();
    }

    @Test
    @Order(2)
    void faults_endAfterATest_andTheContentStays(TestRegistry registry) {
        try (var client = RegistryClient.at(registry.url().toString()).open()) {
            assertThat(client.serviceNames()).containsExactly("payments");
        }
    }
}
