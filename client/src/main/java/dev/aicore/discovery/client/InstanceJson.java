package dev.aicore.discovery.client;

import dev.aicore.discovery.client.RegisteredInstance.Status;
import dev.aicore.discovery.client.json.JsonFormatException;
import dev.aicore.discovery.client.json.JsonObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** JSON of instances: as the registry describes and accepts them, and as the file of lists keeps them. */
final class InstanceJson {

    private static final int DEFAULT_WEIGHT = 100;

    private InstanceJson() {}

    /**
     * Reads instances; one that lacks an id, an address or a port is passed over.
     *
     * @throws JsonFormatException if all of them do
     */
    static List<RegisteredInstance> readAll(List<JsonObject> described, String service) {
        var instances = new ArrayList<RegisteredInstance>(described.size());
        for (var one : described) {
            var instance = read(one, service);
            if (instance != null) {
                instances.add(instance);
            }
        }
        if (instances.isEmpty() && !described.isEmpty()) {
            throw new JsonFormatException("no instance of " + service + " has an id, an address and a port");
        }
        return instances;
    }

    static @Nullable RegisteredInstance read(JsonObject described, String service) {
        String id = described.text("id");
        String address = described.text("address");
        int port = (int) described.number("port", 0);
        if (id == null || address == null || port <= 0) {
            return null;
        }
        String lease = described.text("lease", "");
        return new RegisteredInstance(
                id,
                described.text("name", service),
                address,
                port,
                described.text("protocol", "http"),
                described.text("version", ""),
                described.text("zone", ""),
                (int) described.number("weight", DEFAULT_WEIGHT),
                described.texts("tags"),
                described.object("metadata").texts(),
                status(described.text("status", "")),
                lease.equals("overdue"),
                described.text("breaker", "").equals("half_open"),
                described.text("declared", "active").equals("active") && !lease.equals("expired"),
                described.number("active_connections", -1));
    }

    private static Status status(String text) {
        for (var status : Status.values()) {
            if (status.name().equalsIgnoreCase(text)) {
                return status;
            }
        }
        return Status.OTHER;
    }

    /** Returns the members that {@link #read} reads. */
    static Map<String, Object> write(RegisteredInstance instance) {
        var members = new LinkedHashMap<String, Object>();
        members.put("id", instance.id());
        members.put("name", instance.service());
        members.put("address", instance.address());
        members.put("port", instance.port());
        members.put("protocol", instance.protocol());
        members.put("version", instance.version());
        members.put("zone", instance.zone());
        members.put("weight", instance.weight());
        members.put("tags", instance.tags());
        members.put("metadata", instance.metadata());
        members.put("status", instance.status().name().toLowerCase(Locale.ROOT));
        members.put("lease", instance.overdue() ? "overdue" : instance.inService() ? "live" : "expired");
        members.put("breaker", instance.halfOpen() ? "half_open" : "closed");
        return members;
    }

    /**
     * Returns the body of a registration.
     *
     * @param id id of an earlier registration; null for the declared or derived one
     * @param address address if none is declared
     */
    static Map<String, Object> registration(Instance instance, @Nullable String id, String address, boolean ready) {
        var members = declaration(instance, address);
        if (id != null) {
            members.put("id", id);
        }
        members.put("initial_status", ready ? "healthy" : "starting");
        return members;
    }

    /** Returns the declared members. */
    static Map<String, Object> declaration(Instance instance, String address) {
        var members = new LinkedHashMap<String, Object>();
        members.put("name", instance.name());
        String declared = instance.address();
        members.put("address", declared == null ? address : declared);
        members.put("port", instance.port());
        members.put("version", instance.version());
        members.put("protocol", instance.protocol());
        members.put("weight", instance.weight());
        members.put("zone", instance.zone());
        members.put("tags", instance.tags());
        members.put("metadata", instance.metadata());
        var ttl = instance.ttl();
        if (ttl != null) {
            members.put("ttl", ttl.toSeconds());
        }
        String path = instance.checkPath();
        if (path != null) {
            members.put(
                    "health_check",
                    Map.of(
                            "check_type", "http",
                            "interval", Math.max(1, instance.checkInterval().toSeconds()),
                            "config", Map.of("path", path)));
        }
        return members;
    }
}
