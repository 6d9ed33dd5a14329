package dev.aicore.discovery.client.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.aicore.discovery.client.Instance;
import dev.aicore.discovery.client.Pick;
import dev.aicore.discovery.client.RegistryClient;
import dev.aicore.discovery.client.RegistryClientBuilder;
import dev.aicore.discovery.client.Service;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;

/** Registry in the process, and a client of it whose time the test advances. */
final class ClientFixture implements AutoCloseable {

    /** Instance that tests of registrations register. */
    static final Instance ORDERS = Instance.of("orders", 8080)
            .address("10.0.0.9")
            .version("1.4.2")
            .zone("a")
            .tag("canary")
            .metadata("team", "blue");

    private static final Duration STEP = Duration.ofMillis(100);

    final TestRegistry registry = new TestRegistry();
    final ManualTime time = new ManualTime();
    final RegistryClient client;

    ClientFixture() {
        this(options -> options);
    }

    ClientFixture(UnaryOperator<RegistryClientBuilder> options) {
        client = open(List.of(registry.url()), time, options);
    }

    static RegistryClient open(List<URI> nodes, ManualTime time, UnaryOperator<RegistryClientBuilder> options) {
        return options.apply(RegistryClient.at(nodes).time(time).startWait(Duration.ofSeconds(10)))
                .open();
    }

    /** Waits for a condition, while the client's time passes ten times as fast as that of the machine. */
    void eventually(BooleanSupplier condition) {
        eventually(time, condition);
    }

    static void eventually(ManualTime time, BooleanSupplier condition) {
        await().atMost(Duration.ofSeconds(30))
                .pollInterval(Duration.ofMillis(10))
                .until(() -> {
                    if (condition.getAsBoolean()) {
                        return true;
                    }
                    time.advance(STEP);
                    return false;
                });
    }

    /** Returns a service after its first list. */
    Service listed(String name) {
        var service = client.service(name);
        eventually(() -> service.view().confirmedAt() != null);
        return service;
    }

    /** Returns the address that a pick finds. */
    static String pickedAddress(Service service) {
        try (Pick pick = service.pick()) {
            pick.succeeded();
            return pick.instance().address();
        }
    }

    /** Returns the only registered instance of {@link #ORDERS}' service. */
    Map<String, Object> onlyOrder() {
        var instances = registry.instances(ORDERS.name());
        assertThat(instances).hasSize(1);
        return instances.get(0);
    }

    /** Returns true if an instance of {@link #ORDERS}' service has this status. */
    boolean hasOrder(String status) {
        return registry.instances(ORDERS.name()).stream().anyMatch(instance -> status.equals(instance.get("status")));
    }

    long requests(String method, String path) {
        return registry.requests(method, path).size();
    }

    @Override
    public void close() {
        client.close();
        registry.close();
    }
}
