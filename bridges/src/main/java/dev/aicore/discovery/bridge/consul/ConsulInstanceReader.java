package dev.aicore.discovery.bridge.consul;

import dev.aicore.discovery.bridge.model.BridgeOrigin;
import dev.aicore.discovery.bridge.model.BridgedInstance;
import dev.aicore.discovery.bridge.model.BridgedInstance.State;
import dev.aicore.discovery.bridge.sync.ForeignCatalog.ForeignInstance;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads instances from the answers of {@code /v1/health/service/<name>}. */
final class ConsulInstanceReader {

    static final String VERSION = "version";
    static final String ZONE = "zone";
    static final String PROTOCOL = "protocol";

    /** Metadata entries that are fields of an instance. */
    static final List<String> FIELDS = List.of(VERSION, ZONE, PROTOCOL);

    private static final List<String> PROTOCOLS = List.of("http", "https", "grpc", "tcp");
    private static final int MAX_PORT = 65_535;
    private static final int MAX_WEIGHT = 65_535;
    private static final int MAX_TAGS = 64;
    private static final int MAX_TAG = 128;

    private ConsulInstanceReader() {}

    /** Returns the instance of an entry; null if it has no address or port, or is a proxy. */
    static @Nullable ForeignInstance read(JsonNode entry) {
        var node = entry.path("Node");
        var service = entry.path("Service");
        var address = text(service, "Address").isEmpty() ? text(node, "Address") : text(service, "Address");
        int port = service.path("Port").asInt(0);
        var meta = map(service.path("Meta"));
        if (address.isEmpty()
                || port < 1
                || port > MAX_PORT
                || !text(service, "Kind").isEmpty()) {
            return null;
        }
        boolean exported = BridgeOrigin.isMarked(meta);
        var instance = new BridgedInstance(
                // Ids are unique per node. What a bridge has exported is unique in its service.
                exported ? text(service, "ID") : text(node, "Node") + ':' + text(service, "ID"),
                text(service, "Service"),
                meta.getOrDefault(VERSION, ""),
                address,
                port,
                protocol(meta),
                weight(service, exported),
                without(meta, FIELDS),
                tags(service),
                zone(meta, node, exported),
                state(entry.path("Checks")));
        return new ForeignInstance(instance, "Consul index " + modifyIndex(entry));
    }

    /** Returns the index of the last change of the instance or of one of its checks. */
    static long modifyIndex(JsonNode entry) {
        long index = entry.path("Service").path("ModifyIndex").asLong(0);
        for (var check : entry.path("Checks")) {
            index = Math.max(index, check.path("ModifyIndex").asLong(0));
        }
        return index;
    }

    private static String text(JsonNode fields, String name) {
        return fields.path(name).asString("");
    }

    private static Map<String, String> map(JsonNode node) {
        var map = new HashMap<String, String>();
        node.properties()
                .forEach(entry -> map.put(entry.getKey(), entry.getValue().asString("")));
        return map;
    }

    private static Map<String, String> without(Map<String, String> meta, List<String> keys) {
        var rest = new HashMap<>(meta);
        rest.keySet().removeAll(keys);
        return rest;
    }

    /** Returns the declared protocol; https if Spring says that the port is secure; empty if unknown. */
    private static String protocol(Map<String, String> meta) {
        var declared = meta.getOrDefault(PROTOCOL, "");
        return PROTOCOLS.contains(declared) ? declared : "true".equals(meta.get("secure")) ? "https" : "";
    }

    /** Returns the weight; Consul's default is 1, that of this registry 100. */
    private static int weight(JsonNode service, boolean exported) {
        int passing = service.path("Weights").path("Passing").asInt(1);
        return exported ? passing : (int) Math.min(MAX_WEIGHT, (long) passing * BridgedInstance.DEFAULT_WEIGHT);
    }

    private static List<String> tags(JsonNode service) {
        return service.path("Tags")
                .valueStream()
                .map(tag -> tag.asString(""))
                .filter(tag -> !tag.isEmpty() && tag.length() <= MAX_TAG)
                .distinct()
                .limit(MAX_TAGS)
                .toList();
    }

    private static String zone(Map<String, String> meta, JsonNode node, boolean exported) {
        var declared = meta.getOrDefault(ZONE, "");
        return declared.isEmpty() && !exported ? text(node, "Datacenter") : declared;
    }

    /** Returns the state: maintenance before anything else, then healthy only if all checks pass. */
    private static State state(JsonNode checks) {
        boolean passing = true;
        for (var check : checks) {
            var id = text(check, "CheckID");
            if (id.equals("_node_maintenance") || id.startsWith("_service_maintenance")) {
                return State.MAINTENANCE;
            }
            passing &= text(check, "Status").equals("passing");
        }
        return passing ? State.HEALTHY : State.UNHEALTHY;
    }
}
