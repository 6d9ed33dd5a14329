package dev.aicore.discovery.server.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.aicore.discovery.client.Instance;
import dev.aicore.discovery.client.Registration;
import dev.aicore.discovery.client.RegistryClient;
import dev.aicore.discovery.client.stork.RegistryServiceDiscoveryLoader;
import io.smallrye.stork.Stork;
import io.smallrye.stork.api.Service;
import io.smallrye.stork.api.ServiceDefinition;
import io.smallrye.stork.api.ServiceInstance;
import io.smallrye.stork.api.config.ConfigWithType;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs Stork on the lists of the server, also after the server was killed. */
@Tag("integration")
class StorkClientTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir
    static Path directory;

    private record TypedConfig(String type, Map<String, String> parameters) implements ConfigWithType {}

    @Test
    void service_followsRegistrations_andOutlivesTheRegistry() throws IOException {
        Stork.initialize();
        try (var registry = RunningRegistry.start(directory);
                var client = RegistryClient.at(registry.address()).open()) {
            var service = service(registry.address());
            var first = register(client, 9_001);
            register(client, 9_002);
            awaitPorts(service, 9_001, 9_002);

            first.leave("redeployed");
            awaitPorts(service, 9_002);

            register(client, 9_003);
            awaitPorts(service, 9_002, 9_003);
            registry.kill();
            assertThat(ports(service)).containsExactly(9_002, 9_003);
            assertThat(service.selectInstance().await().atMost(PATIENCE).getPort())
                    .isIn(9_002, 9_003);
        } finally {
            Stork.shutdown();
        }
    }

    private static Service service(String registry) {
        var config = new TypedConfig(
                RegistryServiceDiscoveryLoader.TYPE, Map.of("url", registry, "first-answer", PATIENCE.toString()));
        return Stork.getInstance()
                .defineIfAbsent("names", ServiceDefinition.of(config))
                .getService("names");
    }

    private static Registration register(RegistryClient client, int port) {
        var registration = client.register(Instance.of("names", port).address("127.0.0.1"));
        registration.ready();
        return registration;
    }

    private static void awaitPorts(Service service, Integer... ports) {
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(ports(service)).containsExactly(ports));
    }

    private static List<Integer> ports(Service service) {
        return service.getInstances().await().atMost(PATIENCE).stream()
                .map(ServiceInstance::getPort)
                .sorted()
                .toList();
    }
}
