package dev.aicore.discovery.dialect.consul;

import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Writes instances and checks as the documents of Consul's endpoints. */
final class ConsulDocuments {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final List<String> KEPT =
            List.of("Kind", "Proxy", "Connect", "TaggedAddresses", "SocketPath", "Locality");

    private final ConsulNode node;

    ConsulDocuments(ConsulNode node) {
        this.node = node;
    }

    /** Returns an element of {@code health/service}. */
    ObjectNode healthEntry(ConsulInstance instance) {
        var entry = JSON.objectNode();
        entry.set("Node", node(instance.nodeAddress()));
        entry.set("Service", indexed(agentService(instance), instance));
        var checks = entry.putArray("Checks");
        instance.checks().forEach(check -> checks.add(check(instance, check)));
        return entry;
    }

    /** Returns an element of {@code catalog/service}, which is flat. */
    ObjectNode catalogEntry(ConsulInstance instance) {
        var entry = JSON.objectNode()
                .put("ID", node.id())
                .put("Node", node.name())
                .put("Address", instance.nodeAddress())
                .put("Datacenter", node.datacenter());
        entry.set("TaggedAddresses", taggedAddresses(instance.nodeAddress()));
        entry.set("NodeMeta", JSON.objectNode());
        entry.put("ServiceKind", instance.rest().path("Kind").asString(""))
                .put("ServiceID", instance.id())
                .put("ServiceName", instance.service());
        entry.set("ServiceTags", texts(instance.tags()));
        entry.put("ServiceAddress", instance.address());
        entry.set("ServiceWeights", weights(instance));
        entry.set("ServiceMeta", texts(instance.meta()));
        entry.put("ServicePort", instance.port()).put("ServiceEnableTagOverride", instance.isTagOverrideEnabled());
        return indexed(entry, instance);
    }

    /** Returns a service as {@code agent/services} shows it. */
    ObjectNode agentService(ConsulInstance instance) {
        var service = JSON.objectNode().put("ID", instance.id()).put("Service", instance.service());
        service.set("Tags", texts(instance.tags()));
        service.set("Meta", texts(instance.meta()));
        service.put("Port", instance.port()).put("Address", instance.address());
        service.set("Weights", weights(instance));
        service.put("EnableTagOverride", instance.isTagOverrideEnabled()).put("Datacenter", node.datacenter());
        for (var name : KEPT) {
            var kept = instance.rest().get(name);
            if (kept != null) {
                service.set(name, kept);
            }
        }
        return service;
    }

    /** Returns the service of {@code agent/service}, with a hash of its content. */
    ObjectNode hashedAgentService(ConsulInstance instance) {
        var service = agentService(instance);
        var hash = UUID.nameUUIDFromBytes(service.toString().getBytes(StandardCharsets.UTF_8));
        return service.put("ContentHash", "%016x".formatted(hash.getMostSignificantBits()));
    }

    /** Returns a check as all endpoints show it. */
    ObjectNode check(ConsulInstance instance, ConsulCheck check) {
        var document = JSON.objectNode()
                .put("Node", node.name())
                .put("CheckID", check.id())
                .put("Name", check.name())
                .put("Status", check.status().jsonName())
                .put("Notes", check.notes())
                .put("Output", check.output())
                .put("ServiceID", instance.id())
                .put("ServiceName", instance.service());
        document.set("ServiceTags", texts(instance.tags()));
        document.put("Type", check.type());
        document.set("Definition", JSON.objectNode());
        return indexed(document, instance);
    }

    /** Returns an element of {@code catalog/nodes}. */
    ObjectNode node() {
        return node(node.address());
    }

    /** Returns the id of an instance as a key; its native id if another instance has taken the key. */
    static String freeKey(ObjectNode taken, ConsulInstance instance) {
        return taken.has(instance.id()) ? instance.nativeId() : instance.id();
    }

    private ObjectNode node(String address) {
        var document = JSON.objectNode()
                .put("ID", node.id())
                .put("Node", node.name())
                .put("Address", address)
                .put("Datacenter", node.datacenter());
        document.set("TaggedAddresses", taggedAddresses(address));
        document.set("Meta", JSON.objectNode());
        return document.put("CreateIndex", 1).put("ModifyIndex", 1);
    }

    private static ObjectNode taggedAddresses(String address) {
        return JSON.objectNode().put("lan", address).put("wan", address);
    }

    private static ObjectNode indexed(ObjectNode document, ConsulInstance instance) {
        return document.put("CreateIndex", instance.index()).put("ModifyIndex", instance.index());
    }

    private static JsonNode weights(ConsulInstance instance) {
        return JSON.objectNode().put("Passing", instance.passingWeight()).put("Warning", instance.warningWeight());
    }

    private static JsonNode texts(Collection<String> texts) {
        var array = JSON.arrayNode();
        texts.forEach(array::add);
        return array;
    }

    private static JsonNode texts(Map<String, String> texts) {
        var object = JSON.objectNode();
        texts.forEach(object::put);
        return object;
    }
}
