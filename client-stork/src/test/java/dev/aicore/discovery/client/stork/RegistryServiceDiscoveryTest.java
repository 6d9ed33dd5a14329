package dev.aicore.discovery.client.stork;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.aicore.discovery.client.testing.TestRegistry;
import io.smallrye.stork.Stork;
import io.smallrye.stork.api.NoServiceInstanceFoundException;
import io.smallrye.stork.api.Service;
import io.smallrye.stork.api.ServiceDefinition;
import io.smallrye.stork.api.ServiceInstance;
import io.smallrye.stork.api.config.ConfigWithType;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Tests the service discovery in Stork, with the registry for tests. */
class RegistryServiceDiscoveryTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final TestRegistry registry = new TestRegistry();

    private record TypedConfig(String type, Map<String, String> parameters) implements ConfigWithType {}

    @BeforeEach
    void start() {
        Stork.initialize();
    }

    @AfterEach
    void stop() {
        Stork.shutdown();
        registry.close();
    }

    @Test
    void service_balancesAndFollowsChanges() {
        registry.has("payments", "10.0.0.1:80");
        registry.has("payments", "10.0.0.2:80", Map.of("protocol", "https", "zone", "a", "weight", 7L));
        var service = service(Map.of());

        var selected = new TreeSet<String>();
        for (int i = 0; i < 4; i++) {
            var instance = service.selectInstance().await().atMost(PATIENCE);
            selected.add(instance.getHost() + ":" + instance.getPort() + " " + instance.isSecure());
        }
        assertThat(selected).containsExactly("10.0.0.1:80 false", "10.0.0.2:80 true");

        var third = registry.has("payments", "10.0.0.3:80");
        awaitHosts(service, "10.0.0.1", "10.0.0.2", "10.0.0.3");
        registry.deregister(third, "olga", "maintenance");
        awaitHosts(service, "10.0.0.1", "10.0.0.2");
    }

    @Test
    void instance_hasLabelsAndKeepsItsNumber() {
        registry.has(
                "payments",
                "10.0.0.1:80",
                Map.of("id", "p-1", "zone", "a", "weight", 7L, "version", "1.2.0", "metadata", Map.of("team", "blue")));
        registry.has("payments", "10.0.0.2:80", Map.of("id", "p-2"));
        var service = service(Map.of());
        var first = instances(service).get(0);
        assertThat(first.getLabels())
                .containsEntry("id", "p-1")
                .containsEntry("zone", "a")
                .containsEntry("weight", "7")
                .containsEntry("version", "1.2.0")
                .containsEntry("team", "blue");
        assertThat(instances(service).get(1).getId()).isNotEqualTo(first.getId());
        assertThat(instances(service).get(0)).isSameAs(first);

        registry.declare("p-2", "draining");
        await().atMost(PATIENCE).until(() -> instances(service).size() == 1);
        assertThat(instances(service).get(0).getId()).isEqualTo(first.getId());
    }

    @Test
    void service_keepsItsInstancesWhileTheRegistryIsAway() {
        registry.has("payments", "10.0.0.1:80");
        var service = service(Map.of());
        awaitHosts(service, "10.0.0.1");

        registry.away();

        assertThat(hosts(service)).containsExactly("10.0.0.1");
        registry.has("payments", "10.0.0.2:80");
        registry.back();
        awaitHosts(service, "10.0.0.1", "10.0.0.2");
    }

    @Test
    void serviceWithoutList_failsAfterTheFirstAnswer() {
        registry.away();
        var service = service(Map.of("first-answer", "PT0.1S"));

        assertThatThrownBy(() -> instances(service))
                .isInstanceOf(NoServiceInstanceFoundException.class)
                .hasMessage("The registry has not sent the list of payments yet.");

        registry.has("payments", "10.0.0.1:80");
        registry.back();
        await().atMost(PATIENCE)
                .ignoreException(NoServiceInstanceFoundException.class)
                .untilAsserted(() -> assertThat(hosts(service)).containsExactly("10.0.0.1"));
    }

    @Test
    void serviceOfAnotherName_isThatOfTheParameter() {
        registry.has("payments-v2", "10.0.0.9:80");

        assertThat(hosts(service(Map.of("service", "payments-v2")))).containsExactly("10.0.0.9");
    }

    @Test
    void failures_ejectTheInstance() {
        var failing = registry.has("payments", "10.0.0.1:80");
        registry.has("payments", "10.0.0.2:80");
        var service = service(Map.of());
        var first = instances(service).stream()
                .filter(instance -> failing.equals(instance.getLabels().get("id")))
                .findFirst()
                .orElseThrow();
        assertThat(first.gatherStatistics()).isTrue();

        first.recordEnd(null);
        assertThat(hosts(service)).hasSize(2);
        for (int i = 0; i < 5; i++) {
            first.recordEnd(new IllegalStateException("connection refused"));
        }

        assertThat(hosts(service)).containsExactly("10.0.0.2");
    }

    @Test
    void credentials_areSent() {
        registry.apiKey("sd_k1.secret", "orders");
        registry.has("payments", "10.0.0.1:80");

        assertThat(hosts(service(Map.of("api-key", "sd_k1.secret")))).containsExactly("10.0.0.1");
        assertThat(ClientOptions.of("payments", Map.of("url", "http://r1", "api-key", "sd_k1.secret")))
                .hasToString("ClientOptions[[http://r1]]");
    }

    @Test
    void invalidParameters_areRefused() {
        assertThatThrownBy(() -> ClientOptions.of("payments", Map.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("payments: url is missing");
        assertThatThrownBy(() -> ClientOptions.of("payments", Map.of("url", "http://r1", "uri", "http://r2")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("uri is unknown");
        assertThatThrownBy(() -> ClientOptions.of("payments", Map.of("url", "http://r1", "first-answer", "2s")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("first-answer is 2s (expected: a duration such as PT2S)");
    }

    private Service service(Map<String, String> more) {
        var parameters = new HashMap<>(more);
        parameters.put("url", registry.url().toString());
        return Stork.getInstance()
                .defineIfAbsent(
                        "payments",
                        ServiceDefinition.of(new TypedConfig(RegistryServiceDiscoveryLoader.TYPE, parameters)))
                .getService("payments");
    }

    private static void awaitHosts(Service service, String... hosts) {
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(hosts(service)).containsExactly(hosts));
    }

    private static List<String> hosts(Service service) {
        return instances(service).stream()
                .map(ServiceInstance::getHost)
                .sorted()
                .toList();
    }

    private static List<ServiceInstance> instances(Service service) {
        return service.getInstances().await().atMost(PATIENCE);
    }
}
