package dev.aicore.discovery.bridge.kubernetes;

import dev.aicore.discovery.bridge.model.BridgeOrigin;
import dev.aicore.discovery.bridge.model.BridgedInstance;
import dev.aicore.discovery.bridge.model.BridgedInstance.State;
import dev.aicore.discovery.web.ApiJson;
import io.fabric8.kubernetes.api.model.discovery.v1.Endpoint;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointBuilder;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSliceBuilder;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Encodes exported instances as EndpointSlices. Address, port, zone and conditions are where Kubernetes reads them; an
 * annotation has the rest, so that another bridge can import the whole instance.
 */
final class ExportedSlices {

    private static final Pattern IPV4 = Pattern.compile("[0-9]{1,3}(\\.[0-9]{1,3}){3}");

    private final String namespace;
    private final BridgeOrigin origin;

    ExportedSlices(String namespace, BridgeOrigin origin) {
        this.namespace = namespace;
        this.origin = origin;
    }

    /**
     * Properties that all endpoints of a slice share.
     *
     * @param addressType {@code IPv4}, {@code IPv6} or {@code FQDN}
     */
    record SliceGroup(String addressType, int port, String protocol) {

        static SliceGroup of(BridgedInstance instance) {
            var address = instance.address();
            var type =
                    address.indexOf(':') >= 0 ? "IPv6" : IPV4.matcher(address).matches() ? "IPv4" : "FQDN";
            return new SliceGroup(type, instance.port(), instance.protocol());
        }
    }

    /** Returns the slice with these instances, which are of one group. */
    EndpointSlice encode(String name, SliceGroup group, String service, Collection<BridgedInstance> instances) {
        var details = JsonNodeFactory.instance.arrayNode();
        instances.forEach(instance -> details.add(details(instance)));
        return new EndpointSliceBuilder()
                .withNewMetadata()
                .withName(name)
                .withNamespace(namespace)
                .addToLabels(ResourceNames.SERVICE_OF_SLICE, service)
                .addToLabels(ResourceNames.SLICE_MANAGED_BY, ResourceNames.MANAGER)
                .addToLabels(ResourceNames.BRIDGE, origin.bridge())
                .addToAnnotations(ResourceNames.ORIGIN, origin.mark())
                .addToAnnotations(ResourceNames.INSTANCES, details.toString())
                .endMetadata()
                .withAddressType(group.addressType())
                .addNewPort()
                .withName("")
                .withPort(group.port())
                .withProtocol("TCP")
                .withAppProtocol(group.protocol())
                .endPort()
                .withEndpoints(instances.stream().map(ExportedSlices::endpoint).toList())
                .build();
    }

    private static Endpoint endpoint(BridgedInstance instance) {
        boolean healthy = instance.state() == State.HEALTHY;
        boolean draining = instance.state() == State.DRAINING;
        return new EndpointBuilder()
                .withAddresses(instance.address())
                .withZone(instance.zone().isEmpty() ? null : instance.zone())
                .withNewConditions()
                .withReady(healthy)
                .withServing(healthy || draining)
                .withTerminating(draining)
                .endConditions()
                .build();
    }

    private static ObjectNode details(BridgedInstance instance) {
        var details = JsonNodeFactory.instance
                .objectNode()
                .put("id", instance.id())
                .put("version", instance.version())
                .put("weight", instance.weight());
        var metadata = details.putObject("metadata");
        instance.metadata().forEach(metadata::put);
        var tags = details.putArray("tags");
        instance.tags().forEach(tags::add);
        return details;
    }

    /** Returns the number of characters that the instance needs in the annotation. */
    static int length(BridgedInstance instance) {
        return details(instance).toString().length() + 1;
    }

    /** Returns the instances of a slice that a bridge wrote; empty if something else has changed it. */
    static List<BridgedInstance> decode(EndpointSlice slice, String service) {
        var details = details(slice);
        var endpoints = slice.getEndpoints();
        var ports = slice.getPorts();
        if (details == null || ports == null || ports.size() != 1 || endpoints.size() != details.size()) {
            return List.of();
        }
        var port = ports.getFirst();
        var instances = new ArrayList<BridgedInstance>();
        for (int i = 0; i < endpoints.size(); i++) {
            var endpoint = endpoints.get(i);
            var detail = details.get(i);
            instances.add(new BridgedInstance(
                    detail.path("id").asString(""),
                    service,
                    detail.path("version").asString(""),
                    endpoint.getAddresses().getFirst(),
                    port.getPort() == null ? 0 : port.getPort(),
                    port.getAppProtocol() == null ? "" : port.getAppProtocol(),
                    detail.path("weight").asInt(BridgedInstance.DEFAULT_WEIGHT),
                    metadata(detail.path("metadata")),
                    detail.path("tags")
                            .valueStream()
                            .map(tag -> tag.asString(""))
                            .toList(),
                    endpoint.getZone() == null ? "" : endpoint.getZone(),
                    EndpointSliceReader.state(endpoint)));
        }
        return instances;
    }

    private static @Nullable JsonNode details(EndpointSlice slice) {
        var annotations = slice.getMetadata().getAnnotations();
        var text = annotations == null ? null : annotations.get(ResourceNames.INSTANCES);
        if (text == null) {
            return null;
        }
        try {
            return ApiJson.mapper().readTree(text);
        } catch (JacksonException notJson) {
            return null;
        }
    }

    private static Map<String, String> metadata(JsonNode node) {
        var metadata = new HashMap<String, String>();
        node.properties()
                .forEach(entry -> metadata.put(entry.getKey(), entry.getValue().asString("")));
        return metadata;
    }
}
