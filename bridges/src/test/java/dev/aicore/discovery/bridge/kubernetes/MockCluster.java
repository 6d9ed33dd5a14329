package dev.aicore.discovery.bridge.kubernetes;

import static org.awaitility.Awaitility.await;

import dev.aicore.discovery.bridge.sync.MemoryRegistry;
import dev.aicore.discovery.bridge.sync.RunningBridge;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointBuilder;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSliceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import io.fabric8.mockwebserver.Context;
import io.fabric8.mockwebserver.MockWebServer;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Kubernetes API in this process, with a namespace {@code test}. It can be stopped and started with its content. */
final class MockCluster implements AutoCloseable {

    static final String NAMESPACE = "test";

    private static final int REQUEST_MILLIS = 3_000;
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final Path directory;
    private final KubernetesMockServer server;
    private final MockApiDispatcher dispatcher = new MockApiDispatcher();
    private final KubernetesClient client;

    MockCluster(Path directory) {
        this.directory = directory;
        var webServer = new MockWebServer();
        webServer.setHttp2ClearTextEnabled(false);
        this.server = new KubernetesMockServer(new Context(), webServer, new HashMap<>(), dispatcher, false);
        server.init();
        this.client = server.createClient();
        client.getConfiguration().setRequestTimeout(REQUEST_MILLIS);
    }

    int port() {
        return server.getPort();
    }

    KubernetesClient client() {
        return client;
    }

    /** Starts a bridge of a registry that is empty. */
    RunningBridge bridge(String direction, String... options) throws IOException {
        return RunningBridge.start(text("b", direction, port(), options), KubernetesRegistry::new);
    }

    /** Starts a bridge that reaches the cluster through another port, such as that of a proxy. */
    RunningBridge bridgeThrough(int port, String direction, String... options) throws IOException {
        return RunningBridge.start(text("b", direction, port, options), KubernetesRegistry::new);
    }

    /** Starts a bridge of a registry. */
    RunningBridge bridge(String registry, MemoryRegistry local, String direction, String... options)
            throws IOException {
        return RunningBridge.start(registry, text("b", direction, port(), options), local, KubernetesRegistry::new);
    }

    /** Starts a bridge that reaches the cluster over TLS, through another port. */
    RunningBridge bridgeThrough(int port, Path authority, String direction) throws IOException {
        var cluster = "server: \"https://127.0.0.1:" + port + "\", certificate-authority: \"" + authority + "\"";
        return RunningBridge.start(kubeconfig("b", direction, port, cluster), KubernetesRegistry::new);
    }

    private String text(String name, String direction, int port, String... options) throws IOException {
        return kubeconfig(name, direction, port, "server: \"http://127.0.0.1:" + port + "\"", options);
    }

    private String kubeconfig(String name, String direction, int port, String cluster, String... options)
            throws IOException {
        var kubeconfig = directory.resolve("kubeconfig-" + port);
        Files.writeString(kubeconfig, """
            apiVersion: v1
            kind: Config
            clusters:
              - {name: mock, cluster: {%s}}
            users:
              - {name: bridge, user: {token: secret}}
            contexts:
              - {name: mock, context: {cluster: mock, user: bridge, namespace: %s}}
            current-context: mock
            """.formatted(cluster, NAMESPACE));
        return name + " kubernetes " + direction + " kubeconfig=" + kubeconfig + " " + String.join(" ", options);
    }

    /** Creates a Service with one port, named http. */
    Service createService(String name, String... labels) {
        var service = new ServiceBuilder()
                .withNewMetadata()
                .withName(name)
                .withNamespace(NAMESPACE)
                .endMetadata()
                .withNewSpec()
                .addToSelector("app", name)
                .addNewPort()
                .withName("http")
                .withPort(80)
                .endPort()
                .endSpec()
                .build();
        for (var label : labels) {
            service.getMetadata().getLabels().put(label, "true");
        }
        return client.resource(service).create();
    }

    /** Creates the slice of a Service, with ready endpoints on port 8080 whose pods are named after their address. */
    EndpointSlice createSlice(String service, String... addresses) {
        return client.resource(slice(service, addresses)).create();
    }

    static EndpointSlice slice(String service, String... addresses) {
        return new EndpointSliceBuilder()
                .withNewMetadata()
                .withName(service + "-x")
                .withNamespace(NAMESPACE)
                .addToLabels(ResourceNames.SERVICE_OF_SLICE, service)
                .endMetadata()
                .withAddressType("IPv4")
                .addNewPort()
                .withName("http")
                .withPort(8080)
                .withProtocol("TCP")
                .endPort()
                .withEndpoints(List.of(addresses).stream()
                        .map(address -> new EndpointBuilder()
                                .withAddresses(address)
                                .withZone("zone-a")
                                .withNodeName("node-1")
                                .withNewConditions()
                                .withReady(true)
                                .endConditions()
                                .withNewTargetRef()
                                .withKind("Pod")
                                .withName(service + "-" + address.substring(address.lastIndexOf('.') + 1))
                                .endTargetRef()
                                .build())
                        .toList())
                .build();
    }

    /**
     * Changes a slice as its controller does: again after a conflict, which a repeated request of a client causes, and
     * if there was no answer, as while the connection of a watch ends.
     */
    void update(EndpointSlice slice) {
        await().atMost(PATIENCE)
                .ignoreExceptionsMatching(MockCluster::isTemporary)
                .until(() -> {
                    slice.getMetadata().setResourceVersion(null);
                    return client.resource(slice).inNamespace(NAMESPACE).update() != null;
                });
    }

    private static boolean isTemporary(Throwable failure) {
        return failure instanceof KubernetesClientException refusal
                && (refusal.getCode() == HttpURLConnection.HTTP_CONFLICT || refusal.getCause() instanceof IOException);
    }

    void delete(EndpointSlice slice) {
        var _ = client.resource(slice).inNamespace(NAMESPACE).delete();
    }

    List<EndpointSlice> slices(String service) {
        return client.discovery().v1().endpointSlices().inNamespace(NAMESPACE).list().getItems().stream()
                .filter(slice -> service.equals(slice.getMetadata().getLabels().get(ResourceNames.SERVICE_OF_SLICE)))
                .toList();
    }

    /** Returns the exported instances, as service and id. */
    Set<String> exported() {
        return client.discovery().v1().endpointSlices().inNamespace(NAMESPACE).list().getItems().stream()
                .filter(ResourceNames::isOfBridge)
                .flatMap(slice -> ExportedSlices.decode(
                        slice,
                        Objects.requireNonNull(slice.getMetadata().getLabels().get(ResourceNames.SERVICE_OF_SLICE)))
                        .stream())
                .map(instance -> instance.key())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Refuses every request with 403 from now on, or no longer. Open watches stay. */
    void forbid(boolean forbidden) {
        dispatcher.forbid(forbidden);
    }

    /** Removes everything. */
    void reset() {
        server.reset();
    }

    @Override
    public void close() {
        client.close();
        server.destroy();
    }
}
