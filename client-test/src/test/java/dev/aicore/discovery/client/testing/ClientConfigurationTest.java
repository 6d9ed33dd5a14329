package dev.aicore.discovery.client.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aicore.discovery.client.RegistryClient;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Configurations that a client reads and waits for. */
public class ClientConfigurationTest {

    @Test
    void configuration_isAwaitedUntilItChanges() {
        try (var registry = new TestRegistry();
                var client = RegistryClient.at(List.of(registry.url())).open()) {
            registry.configuration("orders", "{\"size\": 1}");
            var first = client.configuration("orders").orElseThrow();
            var next = CompletableFuture.supplyAsync(
                    () -> client.awaitConfiguration("orders", first.index(), Duration.ofSeconds(30)));
            registry.configuration("orders", "{\"size\": 2}");

            assertThat(next.join().orElseThrow().version()).isEqualTo(2);
        }
    }

    @Test
    void configuration_withoutAChange_isTheKnownOne() {
        try (var registry = new TestRegistry();
                var client = RegistryClient.at(List.of(registry.url())).open()) {
            registry.configuration("orders", "{\"size\": 1}");
            var first = client.configuration("orders").orElseThrow();

            assertThat(client.awaitConfiguration("orders", first.index(), Duration.ofSeconds(1)))
                    .contains(first);
            assertThat(client.awaitConfiguration("nobody", 0, Duration.ofSeconds(1)))
                    .isEmpty();
        }
    }
}
