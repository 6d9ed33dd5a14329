package dev.aicore.discovery.bridge.consul;

import dev.aicore.discovery.bridge.model.BridgeOrigin;
import dev.aicore.discovery.bridge.model.BridgePlan;
import dev.aicore.discovery.bridge.model.BridgedInstance;
import dev.aicore.discovery.bridge.model.BridgedInstance.State;
import dev.aicore.discovery.bridge.sync.ForeignRegistryException;
import dev.aicore.discovery.bridge.sync.WritePermit;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Writes exported instances to the catalog, where an external node has them, or to the agent. */
final class ConsulWriter {

    private static final Pattern META_KEY = Pattern.compile("[A-Za-z0-9_-]{1,128}");
    private static final int MAX_META_VALUE = 512;

    /** Maximum number of metadata entries: Consul allows 64 with those of the fields. */
    private static final int MAX_META = 60;

    private static final int MIN_WEIGHT = 1;

    /** Address of the external node. Each of its services has an own address. */
    private static final String NODE_ADDRESS = "127.0.0.1";

    private final ConsulClient client;
    private final ConsulOptions options;
    private final ConsulRequests requests;

    ConsulWriter(ConsulClient client, ConsulOptions options, ConsulRequests requests) {
        this.client = client;
        this.options = options;
        this.requests = requests;
    }

    /** Returns the instance without what Consul can't hold. */
    static BridgedInstance asStored(BridgedInstance instance, boolean throughAgent) {
        var metadata = new TreeMap<String, String>();
        instance.metadata().forEach((key, value) -> {
            if (key.equals(BridgeOrigin.KEY)
                    || (META_KEY.matcher(key).matches()
                            && value.length() <= MAX_META_VALUE
                            && !ConsulInstanceReader.FIELDS.contains(key)
                            && metadata.size() < MAX_META)) {
                metadata.put(key, value);
            }
        });
        var away = throughAgent ? State.MAINTENANCE : State.UNHEALTHY;
        return new BridgedInstance(
                instance.id(),
                instance.service(),
                instance.version(),
                instance.address(),
                instance.port(),
                instance.protocol(),
                Math.max(MIN_WEIGHT, instance.weight()),
                metadata,
                instance.tags(),
                instance.zone(),
                instance.state() == State.HEALTHY ? State.HEALTHY : away);
    }

    /** Carries out a plan, with several requests at a time. */
    void write(BridgePlan plan, WritePermit permit) throws ForeignRegistryException, InterruptedException {
        var writes = new ArrayList<Callable<Void>>();
        plan.removed().values().forEach(instance -> writes.add(() -> remove(instance, permit)));
        if (!options.throughAgent() && !plan.added().isEmpty()) {
            permit.require();
            client.put("/v1/catalog/register", node().put("Address", NODE_ADDRESS));
        }
        plan.added().values().forEach(instance -> writes.add(() -> put(instance, permit)));
        plan.changed().values().forEach(instance -> writes.add(() -> put(instance, permit)));
        requests.run(writes);
    }

    private ObjectNode node() {
        var document = JsonNodeFactory.instance.objectNode().put("Node", options.node());
        if (!options.datacenters().isEmpty()) {
            document.put("Datacenter", options.datacenters().getFirst());
        }
        document.putObject("NodeMeta").put("external-node", "true").put("external-probe", "false");
        return document;
    }

    private Void put(BridgedInstance instance, WritePermit permit)
            throws ForeignRegistryException, InterruptedException {
        permit.require();
        boolean healthy = instance.state() == State.HEALTHY;
        if (options.throughAgent()) {
            client.put("/v1/agent/service/register", service(instance, "Name"));
            client.put(
                    "/v1/agent/service/maintenance/" + ConsulClient.encode(instance.id()) + "?enable=" + !healthy,
                    null);
            return null;
        }
        var document = node().put("Address", NODE_ADDRESS).put("SkipNodeUpdate", true);
        document.set("Service", service(instance, "Service"));
        document.putObject("Check")
                .put("Node", options.node())
                .put("CheckID", "service:" + instance.id())
                .put("Name", "State in the registry that exports it")
                .put("Status", healthy ? "passing" : "critical")
                .put("ServiceID", instance.id());
        client.put("/v1/catalog/register", document);
        return null;
    }

    /**
     * Returns the document of a service.
     *
     * @param nameField {@code Service} in the catalog, {@code Name} at an agent
     */
    private static ObjectNode service(BridgedInstance instance, String nameField) {
        var document = JsonNodeFactory.instance
                .objectNode()
                .put("ID", instance.id())
                .put(nameField, instance.service())
                .put("Address", instance.address())
                .put("Port", instance.port());
        document.putObject("Weights").put("Passing", instance.weight()).put("Warning", MIN_WEIGHT);
        var tags = document.putArray("Tags");
        instance.tags().forEach(tags::add);
        var meta = document.putObject("Meta");
        instance.metadata().forEach(meta::put);
        for (var field : List.of(
                List.of(ConsulInstanceReader.VERSION, instance.version()),
                List.of(ConsulInstanceReader.ZONE, instance.zone()),
                List.of(ConsulInstanceReader.PROTOCOL, instance.protocol()))) {
            if (!field.getLast().isEmpty()) {
                meta.put(field.getFirst(), field.getLast());
            }
        }
        return document;
    }

    private Void remove(BridgedInstance instance, WritePermit permit)
            throws ForeignRegistryException, InterruptedException {
        permit.require();
        if (options.throughAgent()) {
            client.remove("/v1/agent/service/deregister/" + ConsulClient.encode(instance.id()));
        } else {
            client.put("/v1/catalog/deregister", node().put("ServiceID", instance.id()));
        }
        return null;
    }
}
