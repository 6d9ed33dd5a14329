package dev.aicore.discovery.bridge.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.aicore.discovery.bridge.model.BridgedInstance;
import dev.aicore.discovery.bridge.model.BridgedInstance.State;
import dev.aicore.discovery.bridge.sync.MemoryRegistry;
import dev.aicore.discovery.bridge.sync.ReplacedAuthority;
import dev.aicore.discovery.bridge.sync.TlsProxy;
import dev.aicore.discovery.config.settings.InvalidSettingException;
import dev.aicore.discovery.config.testing.TcpProxy;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServicePortBuilder;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointConditions;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointConditionsBuilder;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointPortBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Follows and writes a Kubernetes API that is mocked by fabric8's server. */
class KubernetesRegistryTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @TempDir
    Path directory;

    private MockCluster cluster;

    @BeforeEach
    void start() {
        cluster = new MockCluster(directory);
    }

    @AfterEach
    void stop() {
        cluster.close();
    }

    @Test
    void presentAndLaterEndpoints_areFollowed() throws IOException {
        cluster.createService("orders");
        var slice = cluster.createSlice("orders", "10.0.0.1", "10.0.0.2");
        try (var bridge = cluster.bridge("in")) {
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(bridge.local())
                            .containsExactlyInAnyOrder("b:orders:orders-1", "b:orders:orders-2"));
            var instance = bridge.find("b:orders:orders-1");
            assertThat(instance.port()).isEqualTo(8080);
            assertThat(instance.protocol()).isEqualTo("http");
            assertThat(instance.zone()).isEqualTo("zone-a");
            assertThat(instance.metadata())
                    .containsEntry("kubernetes-namespace", "test")
                    .containsEntry("kubernetes-node", "node-1");
            assertThat(bridge.reasons()).allMatch(reason -> reason.matches("Kubernetes resource version [0-9]+"));

            slice.setEndpoints(
                    MockCluster.slice("orders", "10.0.0.2", "10.0.0.3").getEndpoints());
            cluster.update(slice);
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(bridge.local())
                            .containsExactlyInAnyOrder("b:orders:orders-2", "b:orders:orders-3"));
            cluster.delete(slice);
            await().atMost(PATIENCE).until(() -> bridge.local().isEmpty());
        }
    }

    @Test
    void conditions_decideTheState() throws IOException {
        cluster.createService("orders");
        var slice = MockCluster.slice("orders", "10.0.0.1", "10.0.0.2", "10.0.0.3", "10.0.0.4", "10.0.0.5");
        var endpoints = slice.getEndpoints();
        endpoints.get(0).setConditions(null);
        endpoints
                .get(1)
                .setConditions(new EndpointConditionsBuilder().withReady(false).build());
        endpoints.get(2).setConditions(conditions(false, true, true));
        endpoints.get(3).setConditions(conditions(false, false, true));
        endpoints.get(4).setConditions(conditions(true, true, false));
        cluster.client().resource(slice).create();
        try (var bridge = cluster.bridge("in")) {
            await().atMost(PATIENCE).until(() -> bridge.local().size() == 5);
            assertThat(List.of(1, 2, 3, 4, 5))
                    .extracting(
                            number -> bridge.find("b:orders:orders-" + number).state())
                    .containsExactly(State.HEALTHY, State.UNHEALTHY, State.DRAINING, State.UNHEALTHY, State.HEALTHY);
        }
    }

    private static EndpointConditions conditions(boolean ready, boolean serving, boolean terminating) {
        return new EndpointConditionsBuilder()
                .withReady(ready)
                .withServing(serving)
                .withTerminating(terminating)
                .build();
    }

    @Test
    void severalPorts_theNamedOneIsImportedAndTheOthersAreMetadata() throws IOException {
        var service = cluster.createService("orders");
        service.getSpec()
                .setPorts(List.of(
                        new ServicePortBuilder()
                                .withName("metrics")
                                .withPort(9090)
                                .withTargetPort(new IntOrString(9090))
                                .build(),
                        new ServicePortBuilder()
                                .withName("grpc-main")
                                .withPort(50051)
                                .build()));
        cluster.client().resource(service).update();
        cluster.createService("plain");
        cluster.createSlice("plain", "10.0.1.1");
        var slice = MockCluster.slice("orders", "10.0.0.1");
        slice.setPorts(List.of(
                new EndpointPortBuilder().withName("metrics").withPort(9090).build(),
                new EndpointPortBuilder().withName("grpc-main").withPort(50052).build()));
        cluster.client().resource(slice).create();
        try (var bridge = cluster.bridge("in", "port=web", "port=grpc-main")) {
            await().atMost(PATIENCE).until(() -> bridge.local().contains("b:orders:orders-1"));
            var instance = bridge.find("b:orders:orders-1");
            assertThat(instance.port()).isEqualTo(50052);
            assertThat(instance.protocol()).isEqualTo("grpc");
            assertThat(instance.metadata()).containsEntry("port-metrics", "9090");
            assertThat(bridge.local()).hasSize(1);
            assertThat(bridge.status().refused()).isEqualTo(1);
        }
    }

    @Test
    void labelSelector_limitsWhatIsImported() throws IOException {
        cluster.createService("orders", "public");
        cluster.createSlice("orders", "10.0.0.1");
        cluster.createService("billing");
        cluster.createSlice("billing", "10.0.0.2");
        try (var bridge = cluster.bridge("in", "label-selector=public=true")) {
            await().atMost(PATIENCE).until(() -> bridge.status().state().equals("running"));
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(bridge.local()).containsExactly("b:orders:orders-1"));
        }
    }

    @Test
    void exportedInstances_areSlicesOfAServiceWithoutSelector() throws IOException {
        try (var bridge = cluster.bridge("out")) {
            for (int i = 0; i < 150; i++) {
                bridge.register("billing", "i" + i, "10.0.0." + i);
            }
            bridge.register("Not_A_Name", "x", "10.0.1.1");
            await().atMost(PATIENCE).until(() -> cluster.exported().size() == 150);
            var service = Objects.requireNonNull(service("billing"));
            assertThat(service.getSpec().getSelector()).isNullOrEmpty();
            assertThat(service.getSpec().getPorts().getFirst().getPort()).isEqualTo(80);
            assertThat(service.getMetadata().getLabels()).containsEntry(ResourceNames.BRIDGE, "b");
            assertThat(cluster.slices("billing")).hasSize(2);
            assertThat(cluster.slices("billing"))
                    .allMatch(slice -> slice.getEndpoints().size() <= SliceAssignment.MAX_ENDPOINTS);

            for (int i = 1; i < 150; i++) {
                bridge.deregister("i" + i);
            }
            await().atMost(PATIENCE).until(() -> bridge.status().state().equals("blocked"));
            bridge.resume();
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(cluster.exported()).containsExactly("billing/i0"));
            bridge.deregister("i0");
            await().atMost(PATIENCE).until(() -> cluster.exported().isEmpty());
            await().atMost(PATIENCE).until(() -> service("billing") == null);
        }
    }

    @Test
    void serviceOfSomebodyElse_isLeftAlone() throws IOException {
        cluster.createService("orders");
        var slice = cluster.createSlice("orders", "10.0.0.1");
        try (var bridge = cluster.bridge("out")) {
            bridge.register("orders", "a", "10.0.0.2");
            bridge.register("billing", "b", "10.0.0.3");
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(cluster.exported()).containsExactly("billing/b"));
            assertThat(cluster.slices("orders")).hasSize(1);
            assertThat(cluster.slices("orders").getFirst().getEndpoints()).isEqualTo(slice.getEndpoints());
        }
    }

    @Test
    void nextRegistry_importsExportedInstancesWithAllTheyHave() throws IOException {
        var instance = new BridgedInstance(
                "a",
                "billing",
                "1.2.3",
                "10.0.0.1",
                8443,
                "https",
                7,
                Map.of("team", "x"),
                List.of("blue"),
                "zone-b",
                State.DRAINING);
        try (var first = cluster.bridge("store-1", MemoryRegistry.of("any"), "both");
                var second = cluster.bridge("store-2", MemoryRegistry.of("any"), "both")) {
            first.register(instance);
            await().atMost(PATIENCE).until(() -> second.local().contains("b:billing:a"));
            var imported = second.find("b:billing:a");
            assertThat(imported.metadata()).containsEntry("team", "x").containsEntry("bridge-origin", "store-1/b");
            assertThat(imported.withMetadata(Map.of()))
                    .isEqualTo(new BridgedInstance(
                            "b:billing:a",
                            "billing",
                            "1.2.3",
                            "10.0.0.1",
                            8443,
                            "https",
                            7,
                            Map.of(),
                            List.of("blue"),
                            "zone-b",
                            State.DRAINING));
            assertThat(first.local()).containsExactly("a");
        }
    }

    @Test
    void nextBridgeOfTheSameName_continuesWithWhatTheFirstOneExported() throws IOException {
        var local = MemoryRegistry.of("any");
        try (var first = cluster.bridge("store-1", local, "out")) {
            first.register("billing", "a", "10.0.0.1");
            first.register("billing", "b", "10.0.0.2");
            await().atMost(PATIENCE).until(() -> cluster.exported().size() == 2);
        }
        local.deregister("a");
        local.register("billing", "c", "10.0.0.3");
        try (var second = cluster.bridge("store-1", local, "out")) {
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(cluster.exported()).containsExactly("billing/b", "billing/c"));
            await().atMost(PATIENCE).until(() -> second.status().exported() == 2);
        }
    }

    @Test
    void apiAway_whatCameFromItStaysAndChangesMeanwhileAreFound() throws IOException {
        cluster.createService("orders");
        var slice = cluster.createSlice("orders", "10.0.0.1", "10.0.0.2");
        try (var proxy = TcpProxy.to(cluster.port());
                var bridge = cluster.bridgeThrough(proxy.port(), "both")) {
            bridge.register("billing", "a", "10.0.0.9");
            await().atMost(PATIENCE)
                    .until(() -> bridge.local().size() == 3 && bridge.status().exported() == 1);
            proxy.cut();
            await().atMost(PATIENCE).until(() -> bridge.status().state().equals("frozen"));
            assertThat(bridge.local()).hasSize(3);
            slice.setEndpoints(MockCluster.slice("orders", "10.0.0.2").getEndpoints());
            cluster.update(slice);
            bridge.register("billing", "c", "10.0.0.8");
            proxy.restore();

            await().atMost(PATIENCE).untilAsserted(() -> {
                assertThat(bridge.local()).containsExactlyInAnyOrder("a", "c", "b:orders:orders-2");
                assertThat(cluster.exported()).containsExactly("billing/a", "billing/c");
            });
            assertThat(bridge.status().state()).isEqualTo("running");
        }
    }

    @Test
    void apiEmptyAfterARestart_nothingIsRemovedHere() throws IOException {
        cluster.createService("orders");
        var addresses =
                IntStream.range(1, 21).mapToObj(number -> "10.0.0." + number).toArray(String[]::new);
        cluster.createSlice("orders", addresses);
        try (var proxy = TcpProxy.to(cluster.port());
                var bridge = cluster.bridgeThrough(proxy.port(), "in")) {
            await().atMost(PATIENCE).until(() -> bridge.local().size() == 20);
            proxy.cut();
            await().atMost(PATIENCE).until(() -> bridge.status().state().equals("frozen"));
            cluster.reset();
            proxy.restore();
            await().atMost(PATIENCE).until(() -> bridge.status().state().equals("blocked"));
            assertThat(bridge.local()).hasSize(20);
        }
    }

    @Test
    void apiForbidden_whatCameFromItStaysUntilItIsAllowedAgain() throws IOException {
        cluster.createService("orders");
        var slice = cluster.createSlice("orders", "10.0.0.1");
        try (var bridge = cluster.bridge("both")) {
            await().atMost(PATIENCE).until(() -> bridge.local().size() == 1);
            cluster.forbid(true);
            await().atMost(PATIENCE).untilAsserted(() -> {
                assertThat(bridge.status().state()).isEqualTo("frozen");
                assertThat(bridge.status().lastError()).contains("403");
            });
            assertThat(bridge.local()).containsExactly("b:orders:orders-1");
            bridge.register("billing", "a", "10.0.0.9");
            cluster.forbid(false);
            slice.setEndpoints(MockCluster.slice("orders", "10.0.0.2").getEndpoints());
            cluster.update(slice);

            await().atMost(PATIENCE).untilAsserted(() -> {
                assertThat(bridge.local()).containsExactlyInAnyOrder("a", "b:orders:orders-2");
                assertThat(cluster.exported()).containsExactly("billing/a");
                assertThat(bridge.status().state()).isEqualTo("running");
            });
        }
    }

    @Test
    void authorityReplaced_whatCameFromItStaysUntilItIsTrustedAgain() throws Exception {
        var authority = new ReplacedAuthority(Files.createDirectory(directory.resolve("certificates")));
        cluster.createService("orders");
        var slice = cluster.createSlice("orders", "10.0.0.1");
        try (var tls = TlsProxy.to(cluster.port(), authority.authority());
                var proxy = TcpProxy.to(tls.port());
                var bridge = cluster.bridgeThrough(proxy.port(), authority.file(), "in")) {
            await().atMost(PATIENCE).until(() -> bridge.local().size() == 1);

            authority.assertImportsStay(
                    bridge,
                    proxy,
                    () -> {
                        slice.setEndpoints(
                                MockCluster.slice("orders", "10.0.0.2").getEndpoints());
                        cluster.update(slice);
                    },
                    "b:orders:orders-2");
        }
    }

    @Test
    void exportToSeveralNamespaces_isRefused() {
        assertThatThrownBy(() -> cluster.bridge("out", "namespace=*"))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageContaining("one namespace");
    }

    private @Nullable Service service(String name) {
        return cluster.client()
                .services()
                .inNamespace(MockCluster.NAMESPACE)
                .withName(name)
                .get();
    }
}
