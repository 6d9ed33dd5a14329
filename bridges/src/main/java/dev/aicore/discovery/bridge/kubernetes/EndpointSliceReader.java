package dev.aicore.discovery.bridge.kubernetes;

import dev.aicore.discovery.bridge.kubernetes.ClusterView.ServiceView;
import dev.aicore.discovery.bridge.model.BridgedInstance;
import dev.aicore.discovery.bridge.model.BridgedInstance.State;
import dev.aicore.discovery.bridge.sync.ForeignCatalog.ForeignInstance;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServicePort;
import io.fabric8.kubernetes.api.model.discovery.v1.Endpoint;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointPort;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads the instances of a Service from its EndpointSlices: an endpoint is an instance with one port. */
final class EndpointSliceReader {

    private static final String TCP = "TCP";

    /** Labels of Kubernetes and of bridges say nothing about the service. */
    private static final List<String> TECHNICAL_LABELS = List.of("kubernetes.io/", "discovery.aicore.dev/");

    private static final String VERSION_LABEL = "app.kubernetes.io/version";

    /** Maximum number of labels that become metadata: the registry allows 64 entries in all. */
    private static final int MAX_LABELS = 40;

    /** Maximum number of further ports that become metadata. */
    private static final int MAX_PORTS = 10;

    private final boolean namespacedNames;
    private final List<String> ports;

    EndpointSliceReader(KubernetesOptions options) {
        this.namespacedNames = options.namespacedNames();
        this.ports = options.ports();
    }

    /** Returns the name of the service, which is part of the keys of its instances. */
    String serviceName(String key) {
        int slash = key.indexOf('/');
        var name = key.substring(slash + 1);
        return namespacedNames ? name + '.' + key.substring(0, slash) : name;
    }

    /**
     * Returns the instances of a Service, by {@link BridgedInstance#key()}; null if the Service has none of the ports.
     *
     * @param key key of the Service in the {@link ClusterView}
     */
    @Nullable
    Map<String, ForeignInstance> read(String key, ServiceView view) {
        var name = serviceName(key);
        var found = new TreeMap<String, ForeignInstance>();
        var service = view.service();
        var port = service == null ? null : port(service);
        for (var slice : view.slices()) {
            if (ResourceNames.isOfBridge(slice)) {
                ExportedSlices.decode(slice, name).forEach(instance -> add(found, slice, instance));
            } else if (view.selected() && service != null && port != null && isPrimaryFamily(service, slice)) {
                readSlice(name, service, port, slice, found);
            }
        }
        boolean unusable = view.selected()
                && service != null
                && port == null
                && !view.slices().isEmpty();
        return unusable && found.isEmpty() ? null : found;
    }

    private static void add(Map<String, ForeignInstance> found, EndpointSlice slice, BridgedInstance instance) {
        var version = "Kubernetes resource version " + slice.getMetadata().getResourceVersion();
        found.put(instance.key(), new ForeignInstance(instance, version));
    }

    /** Returns the port of the Service to import; null if it has none of the wanted ones. */
    private @Nullable ServicePort port(Service service) {
        var declared = service.getSpec() == null || service.getSpec().getPorts() == null
                ? List.<ServicePort>of()
                : service.getSpec().getPorts();
        var usable = declared.stream()
                .filter(port -> port.getProtocol() == null || port.getProtocol().equals(TCP))
                .toList();
        if (ports.isEmpty()) {
            return usable.isEmpty() ? null : usable.getFirst();
        }
        return ports.stream()
                .flatMap(wanted -> usable.stream().filter(port -> wanted.equals(port.getName())))
                .findFirst()
                .orElse(null);
    }

    /** Returns false for the second family of a dual-stack Service, which has the same pods again. */
    private static boolean isPrimaryFamily(Service service, EndpointSlice slice) {
        var families = service.getSpec().getIpFamilies();
        return families == null || families.isEmpty() || families.getFirst().equals(slice.getAddressType());
    }

    private static void readSlice(
            String name, Service service, ServicePort port, EndpointSlice slice, Map<String, ForeignInstance> found) {
        var endpointPort = slice.getPorts() == null
                ? null
                : slice.getPorts().stream()
                        .filter(candidate -> candidate.getPort() != null
                                && Objects.equals(name(candidate.getName()), name(port.getName())))
                        .findFirst()
                        .orElse(null);
        if (endpointPort == null) {
            return;
        }
        for (var endpoint : slice.getEndpoints()) {
            if (!endpoint.getAddresses().isEmpty()) {
                add(found, slice, instance(name, service, port, endpointPort, slice, endpoint));
            }
        }
    }

    private static BridgedInstance instance(
            String name,
            Service service,
            ServicePort port,
            EndpointPort endpointPort,
            EndpointSlice slice,
            Endpoint endpoint) {
        var address = endpoint.getAddresses().getFirst();
        var pod =
                endpoint.getTargetRef() == null ? null : endpoint.getTargetRef().getName();
        var labels = service.getMetadata().getLabels();
        return new BridgedInstance(
                pod == null ? address.replace(':', '-') : pod,
                name,
                labels == null ? "" : labels.getOrDefault(VERSION_LABEL, ""),
                address,
                endpointPort.getPort(),
                protocol(endpointPort.getAppProtocol(), port),
                BridgedInstance.DEFAULT_WEIGHT,
                metadata(service, slice, endpointPort, endpoint),
                List.of(),
                zone(endpoint),
                state(endpoint));
    }

    private static String name(@Nullable String portName) {
        return portName == null ? "" : portName;
    }

    /** Returns the protocol by the application protocol, else by the beginning of the port's name; empty if unknown. */
    private static String protocol(@Nullable String ofSlice, ServicePort port) {
        var application = ofSlice == null ? name(port.getAppProtocol()) : ofSlice;
        var known = application.isEmpty() ? name(port.getName()) : application;
        return switch (known.replaceFirst("^kubernetes\\.io/", "").replaceFirst("-.*", "")) {
            case "https", "wss" -> "https";
            case "grpc" -> "grpc";
            case "http", "http2", "h2c", "ws" -> "http";
            default -> "";
        };
    }

    private static Map<String, String> metadata(
            Service service, EndpointSlice slice, EndpointPort used, Endpoint endpoint) {
        var metadata = new HashMap<String, String>();
        var labels = service.getMetadata().getLabels();
        if (labels != null) {
            labels.entrySet().stream()
                    .filter(label -> TECHNICAL_LABELS.stream()
                            .noneMatch(technical -> label.getKey().contains(technical)))
                    .sorted(Map.Entry.comparingByKey())
                    .limit(MAX_LABELS)
                    .forEach(label -> metadata.put(label.getKey(), label.getValue()));
        }
        slice.getPorts().stream()
                .filter(port -> !port.equals(used)
                        && port.getPort() != null
                        && !name(port.getName()).isEmpty())
                .limit(MAX_PORTS)
                .forEach(port -> metadata.put("port-" + port.getName(), String.valueOf(port.getPort())));
        metadata.put("kubernetes-namespace", service.getMetadata().getNamespace());
        if (endpoint.getNodeName() != null) {
            metadata.put("kubernetes-node", endpoint.getNodeName());
        }
        var hints = hints(endpoint);
        if (!hints.isEmpty()) {
            metadata.put("kubernetes-zone-hints", String.join(",", hints));
        }
        return metadata;
    }

    private static String zone(Endpoint endpoint) {
        var hints = hints(endpoint);
        return endpoint.getZone() != null ? endpoint.getZone() : hints.size() == 1 ? hints.getFirst() : "";
    }

    /** Returns the zones whose clients are to use the endpoint. */
    private static List<String> hints(Endpoint endpoint) {
        return endpoint.getHints() == null || endpoint.getHints().getForZones() == null
                ? List.of()
                : endpoint.getHints().getForZones().stream()
                        .map(zone -> zone.getName())
                        .sorted()
                        .collect(Collectors.toList());
    }

    /**
     * Returns the state by the conditions: a terminating endpoint that still serves finishes its requests. As
     * Kubernetes
     * specifies, an unknown {@code ready} is true, and an unknown {@code serving} is as {@code ready}.
     */
    static State state(Endpoint endpoint) {
        var conditions = endpoint.getConditions();
        if (conditions == null) {
            return State.HEALTHY;
        }
        boolean ready = !Boolean.FALSE.equals(conditions.getReady());
        boolean serving = conditions.getServing() == null ? ready : conditions.getServing();
        if (Boolean.TRUE.equals(conditions.getTerminating())) {
            return serving ? State.DRAINING : State.UNHEALTHY;
        }
        return ready ? State.HEALTHY : State.UNHEALTHY;
    }
}
