package dev.aicore.discovery.client.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.aicore.discovery.client.RegisteredInstance;
import dev.aicore.discovery.client.RegistryClient;
import dev.aicore.discovery.client.RegistryRequestException;
import dev.aicore.discovery.client.testing.TestRegistry;
import io.grpc.CallOptions;
import io.grpc.ClientInterceptors;
import io.grpc.EquivalentAddressGroup;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.NameResolver;
import io.grpc.NameResolver.ConfigOrError;
import io.grpc.NameResolverRegistry;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.SynchronizationContext;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests the resolver with channels and servers of gRPC, and with the registry for tests. */
class RegistryNameResolverTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration FIRST_ANSWER = Duration.ofMillis(100);
    private static final int CALLS = 12;

    private final TestRegistry registry = new TestRegistry();

    /** Channel of a service, with the client that it follows. */
    private record FollowingChannel(
            RegistryClient client, RegistryNameResolverProvider provider, ManagedChannel channel)
            implements AutoCloseable {

        /** Opens a channel, whose service is watched from now on. */
        static FollowingChannel open(TestRegistry registry) {
            var client = RegistryClient.at(List.of(registry.url())).open();
            var provider = new RegistryNameResolverProvider(client, FIRST_ANSWER);
            NameResolverRegistry.getDefaultRegistry().register(provider);
            return new FollowingChannel(
                    client,
                    provider,
                    Grpc.newChannelBuilder("registry:///payments", InsecureChannelCredentials.create())
                            .build());
        }

        SortedSet<String> calls() {
            return NamedServer.calls(channel, CALLS);
        }

        void awaitNames(String... names) {
            await().atMost(PATIENCE).untilAsserted(() -> assertThat(calls()).containsExactly(names));
        }

        @Override
        public void close() {
            channel.shutdownNow();
            NameResolverRegistry.getDefaultRegistry().deregister(provider);
            client.close();
        }
    }

    @AfterEach
    void close() {
        registry.close();
    }

    @Test
    void channel_balancesAndFollowsChanges() throws IOException {
        try (var channel = FollowingChannel.open(registry);
                var a = new NamedServer("a");
                var b = new NamedServer("b");
                var c = new NamedServer("c")) {
            var first = registry.has("payments", a.address());
            registry.has("payments", b.address());
            channel.awaitNames("a", "b");

            registry.has("payments", c.address());
            channel.awaitNames("a", "b", "c");

            registry.deregister(first, "olga", "maintenance");
            channel.awaitNames("b", "c");
            assertThat(channel.channel().authority()).isEqualTo("payments");
        }
    }

    @Test
    void channel_keepsItsInstancesWhileTheRegistryIsAway() throws IOException {
        try (var channel = FollowingChannel.open(registry);
                var a = new NamedServer("a");
                var b = new NamedServer("b");
                var c = new NamedServer("c")) {
            registry.has("payments", a.address());
            registry.has("payments", b.address());
            channel.awaitNames("a", "b");

            registry.away();
            assertThat(channel.calls()).containsExactly("a", "b");
            // A failed connection makes gRPC ask the resolver again.
            b.stop();
            channel.awaitNames("a");

            registry.has("payments", c.address());
            registry.back();
            channel.awaitNames("a", "c");
        }
    }

    @Test
    void calls_failWithoutAnInstance_andSucceedOnceThereIsOne() throws IOException {
        registry.away();
        try (var open = FollowingChannel.open(registry);
                var a = new NamedServer("a")) {
            var channel = open.channel();
            assertThatThrownBy(() -> NamedServer.call(channel))
                    .isInstanceOf(StatusRuntimeException.class)
                    .hasMessageContaining("UNAVAILABLE")
                    .hasMessageContaining("has not sent the list of payments yet");

            registry.back();
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThatThrownBy(() -> NamedServer.call(channel))
                            .hasMessageContaining("No instance of payments is healthy"));

            registry.has("payments", a.address());
            assertThat(NamedServer.call(channel, CallOptions.DEFAULT.withWaitForReady()))
                    .isEqualTo("a");
        }
    }

    @Test
    void addresses_haveAttributes_andAreToldAgainAtRefresh() {
        registry.has("payments", "10.0.0.1:80", Map.of("weight", 7L, "zone", "a", "version", "1.2.0", "id", "p-1"));
        var results = new CopyOnWriteArrayList<List<EquivalentAddressGroup>>();
        try (var client = RegistryClient.at(List.of(registry.url())).open();
                var timer = Executors.newSingleThreadScheduledExecutor()) {
            var context = new SynchronizationContext((_, failure) -> {
                throw new IllegalStateException(failure);
            });
            var resolver = Objects.requireNonNull(new RegistryNameResolverProvider(client)
                    .newNameResolver(URI.create("registry:///payments"), arguments(timer, context)));
            context.execute(() -> resolver.start(new NameResolver.Listener2() {
                @Override
                public void onResult(NameResolver.ResolutionResult result) {
                    if (result.getAddressesOrError().hasValue()) {
                        results.add(result.getAddressesOrError().getValue());
                    }
                }

                @Override
                public void onError(Status error) {
                    throw new IllegalStateException(error.asException());
                }
            }));
            await().atMost(PATIENCE).until(() -> !results.isEmpty());
            var group = results.getLast().getFirst();
            assertThat(group.getAddresses()).hasToString("[/10.0.0.1:80]");
            assertThat(group.getAttributes().get(InstanceAttributes.ID)).isEqualTo("p-1");
            assertThat(group.getAttributes().get(InstanceAttributes.WEIGHT)).isEqualTo(7);
            assertThat(group.getAttributes().get(InstanceAttributes.ZONE)).isEqualTo("a");
            assertThat(group.getAttributes().get(InstanceAttributes.VERSION)).isEqualTo("1.2.0");

            int told = results.size();
            context.execute(resolver::refresh);
            await().atMost(PATIENCE).until(() -> results.size() > told);
            assertThat(results.getLast()).containsExactly(group);
            context.execute(resolver::shutdown);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"registry:///", "registry:payments", "registry:///a/b", "registry://node:8443/payments"})
    void invalidTarget_isRefused(String target) {
        try (var client = RegistryClient.at(List.of(registry.url())).open();
                var timer = Executors.newSingleThreadScheduledExecutor()) {
            var provider = new RegistryNameResolverProvider(client);
            var arguments = arguments(timer, new SynchronizationContext((_, _) -> {}));
            assertThatThrownBy(() -> provider.newNameResolver(URI.create(target), arguments))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith("Invalid target: " + target);
            assertThat(provider.newNameResolver(URI.create("dns:///payments"), arguments))
                    .as("targets of other schemes are left to others")
                    .isNull();
        }
    }

    @Test
    void targetWithNodes_isResolvedByAClientOfThem_whichLastsAsLongAsItsChannels() throws IOException {
        var opened = new CopyOnWriteArrayList<String>();
        var clients = new CopyOnWriteArrayList<RegistryClient>();
        var provider = RegistryNameResolverProvider.ofNodes(nodes -> {
            opened.add(nodes);
            clients.add(RegistryClient.at("http://" + nodes).open());
            return clients.getLast();
        });
        String nodes = registry.url().getAuthority();
        NameResolverRegistry.getDefaultRegistry().register(provider);
        try (var a = new NamedServer("a")) {
            registry.has("payments", a.address());
            registry.has("orders", a.address());
            var payments = channel("registry://" + nodes + "/payments");
            var orders = channel("registry://" + nodes + "/orders");
            assertThat(NamedServer.call(payments, CallOptions.DEFAULT.withWaitForReady()))
                    .isEqualTo("a");
            assertThat(NamedServer.call(orders, CallOptions.DEFAULT.withWaitForReady()))
                    .isEqualTo("a");
            assertThat(opened).containsExactly(nodes);

            payments.shutdownNow();
            assertThat(NamedServer.call(orders)).isEqualTo("a");
            orders.shutdownNow();
            await("the client is closed")
                    .atMost(PATIENCE)
                    .untilAsserted(() -> assertThatThrownBy(clients.getFirst()::serviceNames)
                            .isInstanceOf(RegistryRequestException.class));
        } finally {
            NameResolverRegistry.getDefaultRegistry().deregister(provider);
        }
    }

    private static ManagedChannel channel(String target) {
        return Grpc.newChannelBuilder(target, InsecureChannelCredentials.create())
                .build();
    }

    @ParameterizedTest
    @ValueSource(strings = {"registry:///payments", "registry://node:8443", "registry://user:secret@node/payments"})
    void targetWithoutNodesOrWithACredential_isRefusedByAProviderOfNodes(String target) {
        var provider = RegistryNameResolverProvider.ofNodes(nodes -> {
            throw new IllegalStateException("No client is needed.");
        });
        try (var timer = Executors.newSingleThreadScheduledExecutor()) {
            var arguments = arguments(timer, new SynchronizationContext((_, _) -> {}));
            assertThatThrownBy(() -> provider.newNameResolver(URI.create(target), arguments))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith("Invalid target")
                    .hasMessageNotContaining("secret");
        }
    }

    @Test
    void failures_ejectTheInstance() throws IOException {
        try (var open = FollowingChannel.open(registry);
                var a = new NamedServer("a");
                var b = new NamedServer("b")) {
            var failing = registry.has("payments", a.address());
            var good = registry.has("payments", b.address());
            open.awaitNames("a", "b");
            var service = open.client().service("payments");
            var reporting = ClientInterceptors.intercept(open.channel(), new OutcomeInterceptor(service));
            a.fail(Status.INTERNAL);
            b.fail(Status.NOT_FOUND);

            await().atMost(PATIENCE).untilAsserted(() -> {
                assertThat(NamedServer.calls(reporting, CALLS)).containsExactly("INTERNAL", "NOT_FOUND");
                assertThat(service.instances())
                        .extracting(RegisteredInstance::id)
                        .contains(good)
                        .doesNotContain(failing);
            });
        }
    }

    private static NameResolver.Args arguments(ScheduledExecutorService timer, SynchronizationContext context) {
        return NameResolver.Args.newBuilder()
                .setDefaultPort(80)
                .setProxyDetector(_ -> null)
                .setSynchronizationContext(context)
                .setScheduledExecutorService(timer)
                .setServiceConfigParser(new NameResolver.ServiceConfigParser() {
                    @Override
                    public ConfigOrError parseServiceConfig(Map<String, ?> config) {
                        return ConfigOrError.fromConfig(config);
                    }
                })
                .build();
    }
}
