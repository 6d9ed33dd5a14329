package dev.aicore.discovery.bridge.kubernetes;

import dev.aicore.discovery.bridge.kubernetes.SliceAssignment.SliceChanges;
import dev.aicore.discovery.bridge.model.BridgeOrigin;
import dev.aicore.discovery.bridge.model.BridgePlan;
import dev.aicore.discovery.bridge.model.BridgedInstance;
import dev.aicore.discovery.bridge.sync.WritePermit;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Pattern;

/**
 * Writes exported instances: a Service without selector for each service, and its EndpointSlices. Touches only objects
 * with the annotation of this bridge.
 */
final class ServiceWriter implements AutoCloseable {

    /** Names that a Kubernetes Service may have. */
    private static final Pattern SERVICE_NAME = Pattern.compile("[a-z]([-a-z0-9]{0,61}[a-z0-9])?");

    /** Maximum number of Services that are written at the same time. */
    private static final int MAX_CONCURRENT_SERVICES = 16;

    private static final int HASH_CHARACTERS = 8;

    private final KubernetesClient client;
    private final String namespace;
    private final BridgeOrigin origin;
    private final ClusterView view;
    private final ExportedSlices codec;
    private final ExecutorService executor = Executors.newFixedThreadPool(
            MAX_CONCURRENT_SERVICES,
            Thread.ofVirtual().name("bridge-kubernetes-writes").factory());

    ServiceWriter(KubernetesClient client, String namespace, BridgeOrigin origin, ClusterView view) {
        this.client = client;
        this.namespace = namespace;
        this.origin = origin;
        this.view = view;
        this.codec = new ExportedSlices(namespace, origin);
    }

    /** Returns true if the service has a valid name there, and no Service of somebody else has it. */
    boolean accepts(String service) {
        if (!SERVICE_NAME.matcher(service).matches()) {
            return false;
        }
        var present = view.find(key(service));
        return present == null || ResourceNames.isOf(origin, present);
    }

    private String key(String service) {
        return ClusterView.key(namespace, service);
    }

    /**
     * Writes all services of a plan, also if some of them fail.
     *
     * @param permit required before each service
     * @return keys of the Services in the {@link ClusterView}
     * @throws ExecutionException with the first failure
     */
    List<String> write(BridgePlan plan, WritePermit permit) throws ExecutionException, InterruptedException {
        var changes = new TreeMap<String, ServiceChange>();
        plan.removed()
                .values()
                .forEach(instance -> change(changes, instance).removed.add(instance.id()));
        plan.added().values().forEach(instance -> change(changes, instance).put.put(instance.id(), instance));
        plan.changed()
                .values()
                .forEach(instance -> change(changes, instance).put.put(instance.id(), instance));
        var writes = new ArrayList<Callable<Void>>();
        changes.forEach((service, change) -> writes.add(() -> {
            permit.require();
            write(service, change);
            return null;
        }));
        ExecutionException failure = null;
        for (Future<Void> write : executor.invokeAll(writes)) {
            try {
                write.get();
            } catch (ExecutionException e) {
                failure = failure == null ? e : failure;
            }
        }
        if (failure != null) {
            throw failure;
        }
        return changes.keySet().stream().map(this::key).toList();
    }

    private static ServiceChange change(Map<String, ServiceChange> changes, BridgedInstance instance) {
        return changes.computeIfAbsent(instance.service(), _ -> new ServiceChange(new ArrayList<>(), new TreeMap<>()));
    }

    private void write(String service, ServiceChange change) {
        try {
            writePresent(service, change);
        } catch (KubernetesClientException e) {
            if (e.getCode() == HttpURLConnection.HTTP_CONFLICT) {
                readAgain(service);
            }
            throw e;
        }
    }

    /** Reads what differs from the view, such as a write whose answer was lost, for the next attempt. */
    private void readAgain(String service) {
        Service present =
                client.services().inNamespace(namespace).withName(service).get();
        if (present != null) {
            view.putService(present);
        }
        client.discovery()
                .v1()
                .endpointSlices()
                .inNamespace(namespace)
                .withLabel(ResourceNames.SERVICE_OF_SLICE, service)
                .list()
                .getItems()
                .forEach(view::putSlice);
    }

    private void writePresent(String service, ServiceChange change) {
        var slices = view.service(key(service)).slices().stream()
                .filter(slice -> ResourceNames.isOf(origin, slice))
                .toList();
        var wanted = new TreeMap<String, BridgedInstance>();
        slices.forEach(slice ->
                ExportedSlices.decode(slice, service).forEach(instance -> wanted.put(instance.id(), instance)));
        wanted.keySet().removeAll(change.removed);
        wanted.putAll(change.put);
        if (!wanted.isEmpty() && view.find(key(service)) == null) {
            createService(service, wanted.firstEntry().getValue());
        }
        write(SliceAssignment.changes(service, service + '-' + hash() + '-', codec, slices, wanted));
        var present = view.find(key(service));
        if (wanted.isEmpty() && present != null && ResourceNames.isOf(origin, present)) {
            delete(present);
            view.removeService(present);
        }
    }

    private void createService(String service, BridgedInstance first) {
        Service created = client.services()
                .inNamespace(namespace)
                .resource(new ServiceBuilder()
                        .withNewMetadata()
                        .withName(service)
                        .withNamespace(namespace)
                        .addToLabels(ResourceNames.MANAGED_BY, ResourceNames.MANAGER)
                        .addToLabels(ResourceNames.BRIDGE, origin.bridge())
                        .addToAnnotations(ResourceNames.ORIGIN, origin.mark())
                        .endMetadata()
                        .withNewSpec()
                        .addNewPort()
                        .withPort(first.port())
                        .withProtocol("TCP")
                        .endPort()
                        .endSpec()
                        .build())
                .create();
        view.putService(created);
    }

    private void write(SliceChanges changes) {
        var slices = client.discovery().v1().endpointSlices().inNamespace(namespace);
        for (EndpointSlice slice : changes.created()) {
            view.putSlice(slices.resource(slice).create());
        }
        for (EndpointSlice slice : changes.updated()) {
            view.putSlice(slices.resource(slice).update());
        }
        for (EndpointSlice slice : changes.deleted()) {
            delete(slice);
            view.removeSlice(slice);
        }
    }

    /** Deletes an object; does nothing if it is gone. */
    private void delete(HasMetadata object) {
        var _ = client.resource(object).inNamespace(namespace).delete();
    }

    /** Returns a short text that differs between the bridges of all registries. */
    private String hash() {
        try {
            var digest =
                    MessageDigest.getInstance("SHA-256").digest(origin.mark().getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest).substring(0, HASH_CHARACTERS);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        executor.shutdownNow();
    }

    /** Changes of one service by a plan. */
    private record ServiceChange(List<String> removed, Map<String, BridgedInstance> put) {}
}
