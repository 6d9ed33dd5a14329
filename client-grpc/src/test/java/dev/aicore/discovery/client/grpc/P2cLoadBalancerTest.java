package dev.aicore.discovery.client.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.aicore.discovery.client.RegistryClient;
import dev.aicore.discovery.client.testing.TestRegistry;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.LoadBalancerRegistry;
import io.grpc.ManagedChannel;
import io.grpc.NameResolverRegistry;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Tests the policy with channels and servers of gRPC, and with the registry for tests. */
class P2cLoadBalancerTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int CALLS = 20;

    private final TestRegistry registry = new TestRegistry();
    private final RegistryClient client =
            RegistryClient.at(List.of(registry.url())).open();
    private final RegistryNameResolverProvider resolvers =
            new RegistryNameResolverProvider(client).withPolicy(P2cLoadBalancerProvider.POLICY);
    private final List<ManagedChannel> channels = new ArrayList<>();

    @BeforeEach
    void register() {
        NameResolverRegistry.getDefaultRegistry().register(resolvers);
    }

    @AfterEach
    void close() {
        channels.forEach(ManagedChannel::shutdownNow);
        NameResolverRegistry.getDefaultRegistry().deregister(resolvers);
        client.close();
        registry.close();
    }

    private ManagedChannel channel() {
        var channel = Grpc.newChannelBuilder("registry:///payments", InsecureChannelCredentials.create())
                .build();
        channels.add(channel);
        return channel;
    }

    private static void awaitNames(ManagedChannel channel, String... names) {
        await().atMost(PATIENCE)
                .untilAsserted(
                        () -> assertThat(NamedServer.calls(channel, CALLS)).containsExactly(names));
    }

    @Test
    void policy_isFoundByItsName() {
        assertThat(LoadBalancerRegistry.getDefaultRegistry().getProvider("registry_p2c"))
                .isInstanceOf(P2cLoadBalancerProvider.class);
    }

    @Test
    void calls_avoidTheInstanceWithCallsUnderWay() throws Exception {
        try (var a = new NamedServer("a");
                var b = new NamedServer("b")) {
            registry.has("payments", a.address());
            registry.has("payments", b.address());
            var channel = channel();
            awaitNames(channel, "a", "b");

            a.hold();
            Future<String> held = beginUntilHeld(channel, a);
            assertThat(NamedServer.calls(channel, CALLS)).containsExactly("b");

            a.release();
            assertThat(held.get()).isEqualTo("a");
            awaitNames(channel, "a", "b");
        }
    }

    /** Begins calls until a server holds one, which is returned. */
    private static Future<String> beginUntilHeld(ManagedChannel channel, NamedServer server) {
        while (true) {
            var call = NamedServer.begin(channel);
            await().atMost(PATIENCE).until(() -> call.isDone() || server.isHeld());
            if (server.isHeld()) {
                return call;
            }
        }
    }

    @Test
    void load_isRelativeToTheWeight() throws IOException {
        try (var a = new NamedServer("a");
                var b = new NamedServer("b")) {
            registry.has("payments", b.address(), Map.of("weight", 1L));
            var channel = channel();
            awaitNames(channel, "b");

            String heavy = registry.has("payments", a.address(), Map.of("weight", 1_000L));
            // Both are idle before each call, and a further call burdens the heavier one less.
            awaitNames(channel, "a");
            registry.deregister(heavy, "olga", "moved");
            awaitNames(channel, "b");
            registry.has("payments", a.address(), Map.of("weight", 1L));
            awaitNames(channel, "a", "b");
        }
    }

    @Test
    void changedWeight_keepsTheConnection() throws IOException {
        try (var a = new NamedServer("a");
                var b = new NamedServer("b")) {
            registry.has("payments", a.address(), Map.of("id", "p-1", "weight", 1L));
            registry.has("payments", b.address(), Map.of("id", "p-2", "weight", 1_000L));
            var channel = channel();
            awaitNames(channel, "b");

            registry.has("payments", a.address(), Map.of("id", "p-1", "weight", 60_000L));
            awaitNames(channel, "a");
        }
    }

    @Test
    void failedInstance_isAvoided_andCallsFailOnlyWithoutAny() throws IOException {
        try (var a = new NamedServer("a");
                var b = new NamedServer("b");
                var c = new NamedServer("c")) {
            registry.has("payments", a.address());
            registry.has("payments", b.address());
            var channel = channel();
            awaitNames(channel, "a", "b");

            registry.away();
            a.stop();
            awaitNames(channel, "b");
            b.stop();
            awaitNames(channel, "UNAVAILABLE");

            registry.has("payments", c.address());
            registry.back();
            awaitNames(channel, "c");
        }
    }

    @Test
    void lastInstanceThatIsDeregistered_servesUntilItEnds() throws IOException {
        try (var a = new NamedServer("a");
                var b = new NamedServer("b")) {
            String id = registry.has("payments", a.address());
            var channel = channel();
            awaitNames(channel, "a");

            registry.deregister(id, "olga", "moved");
            await().atMost(PATIENCE)
                    .until(() -> client.service("payments").instances().isEmpty());
            assertThat(NamedServer.calls(channel, CALLS)).containsExactly("a");
            a.stop();
            awaitNames(channel, "UNAVAILABLE");
            registry.has("payments", b.address());
            awaitNames(channel, "b");
        }
    }

    @Test
    void addressesWithoutAttributes_haveTheSameWeight() throws IOException {
        try (var a = new NamedServer("a")) {
            var channel = Grpc.newChannelBuilder("dns:///" + a.address(), InsecureChannelCredentials.create())
                    .disableServiceConfigLookUp()
                    .defaultLoadBalancingPolicy(P2cLoadBalancerProvider.POLICY)
                    .build();
            channels.add(channel);

            awaitNames(channel, "a");
        }
    }
}
