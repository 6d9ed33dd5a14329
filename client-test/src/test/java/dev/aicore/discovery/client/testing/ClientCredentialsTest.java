package dev.aicore.discovery.client.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.aicore.discovery.client.Instance;
import dev.aicore.discovery.client.RegistryRequestException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** Credentials of a client: their rotation, their refusal, and that nothing shows them. */
public class ClientCredentialsTest {

    private static final Instance ORDERS = Instance.of("orders", 8080).address("10.0.0.9");

    @Test
    void instanceOfAnother_isRefused() {
        try (var fixture = new ClientFixture(options -> options.apiKey("key-of-orders"))) {
            fixture.registry.apiKey("key-of-orders", "orders");
            fixture.registry.apiKey("key-of-others", "others");
            fixture.client.register(ORDERS.id("orders-1"));
            try (var other = ClientFixture.open(
                    List.of(fixture.registry.url()), new ManualTime(), options -> options.apiKey("key-of-others"))) {
                assertThatThrownBy(() -> other.register(ORDERS.id("orders-1")))
                        .isInstanceOfSatisfying(
                                RegistryRequestException.class,
                                refusal -> assertThat(refusal.code()).isEqualTo("owned_by_another"));
            }
        }
    }

    @Test
    void rotatedKey_isReadAgain() {
        var key = new AtomicReference<>("first-secret");
        try (var fixture = new ClientFixture(options -> options.apiKey(key::get))) {
            fixture.registry.apiKey("first-secret", "orders");
            fixture.registry.has("payments", "10.0.0.1:80");
            var payments = fixture.listed("payments");
            var me = fixture.client.register(ORDERS);
            fixture.registry.apiKey("second-secret", "orders");
            key.set("second-secret");
            fixture.registry.revoke("first-secret");
            me.ready();
            fixture.eventually(() -> fixture.registry.instances("orders").stream()
                    .anyMatch(instance -> "healthy".equals(instance.get("status"))));
            fixture.registry.has("payments", "10.0.0.2:80");

            fixture.eventually(() -> payments.instances().size() == 2);
        }
    }

    @Test
    void refusedKey_isNeitherShownNorThrown() {
        try (var fixture =
                new ClientFixture(options -> options.apiKey("very-secret").startWait(Duration.ofMillis(1)))) {
            fixture.registry.apiKey("other", "orders");
            var me = fixture.client.register(ORDERS);
            fixture.eventually(() -> me.status().error() != null);

            assertThat(me.status().toString() + fixture.client + fixture.client.status() + me)
                    .doesNotContain("very-secret");
            assertThatThrownBy(() -> fixture.client.serviceNames())
                    .isInstanceOf(RegistryRequestException.class)
                    .hasMessageNotContaining("very-secret");
        }
    }
}
