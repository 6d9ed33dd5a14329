package dev.aicore.discovery.bridge.etcd;

import com.google.protobuf.ByteString;
import dev.aicore.discovery.bridge.model.BridgedInstance;
import dev.aicore.discovery.bridge.model.BridgedInstance.State;
import dev.aicore.discovery.web.ApiJson;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Encodes instances as keys and values of etcd. A key is prefix, service, slash and id. A value of the JSON layout is a
 * document with the fields of the REST API. A value of the gRPC layout is what the package {@code naming/endpoints} of
 * etcd's Go client writes: {@code Op}, {@code Addr} and {@code Metadata}; there, the other fields are in the metadata.
 */
final class EtcdInstanceCodec {

    private static final int MAX_PORT = 65_535;
    private static final int MAX_WEIGHT = 65_535;

    private final String prefix;
    private final boolean grpcNaming;

    EtcdInstanceCodec(String prefix, boolean grpcNaming) {
        this.prefix = prefix;
        this.grpcNaming = grpcNaming;
    }

    ByteString key(String instanceKey) {
        return ByteString.copyFromUtf8(prefix + instanceKey);
    }

    /** Returns the key of the instance without the prefix. */
    String instanceKey(ByteString key) {
        return key.toStringUtf8().substring(prefix.length());
    }

    ByteString value(BridgedInstance instance) {
        var fields = fields(instance);
        if (grpcNaming) {
            var address = instance.address().indexOf(':') < 0 ? instance.address() : '[' + instance.address() + ']';
            var update =
                    JsonNodeFactory.instance.objectNode().put("Op", 0).put("Addr", address + ':' + instance.port());
            update.set("Metadata", fields);
            return ByteString.copyFromUtf8(update.toString());
        }
        fields.put("address", instance.address()).put("port", instance.port());
        return ByteString.copyFromUtf8(fields.toString());
    }

    private static ObjectNode fields(BridgedInstance instance) {
        var fields = JsonNodeFactory.instance
                .objectNode()
                .put("version", instance.version())
                .put("protocol", instance.protocol())
                .put("weight", instance.weight())
                .put("zone", instance.zone())
                .put("status", instance.state().name().toLowerCase(Locale.ROOT));
        var metadata = fields.putObject("metadata");
        instance.metadata().forEach(metadata::put);
        var tags = fields.putArray("tags");
        instance.tags().forEach(tags::add);
        return fields;
    }

    /** Returns the instance of an entry; null if it has no service, no address or no port. */
    @Nullable
    BridgedInstance decode(String instanceKey, ByteString value) {
        int slash = instanceKey.lastIndexOf('/');
        if (slash <= 0 || slash == instanceKey.length() - 1) {
            return null;
        }
        JsonNode document;
        try {
            document = ApiJson.mapper().readTree(value.toByteArray());
        } catch (JacksonException notJson) {
            return null;
        }
        var service = instanceKey.substring(0, slash);
        var id = instanceKey.substring(slash + 1);
        if (!grpcNaming) {
            return instance(
                    service,
                    id,
                    text(document, "address"),
                    document.path("port").asInt(0),
                    document);
        }
        var address = text(document, "Addr");
        int colon = address.lastIndexOf(':');
        return colon < 0
                ? null
                : instance(
                        service,
                        id,
                        address.substring(0, colon),
                        port(address.substring(colon + 1)),
                        document.path("Metadata"));
    }

    private static @Nullable BridgedInstance instance(
            String service, String id, String address, int port, JsonNode fields) {
        if (address.isEmpty() || port < 1 || port > MAX_PORT) {
            return null;
        }
        var bare =
                address.startsWith("[") && address.endsWith("]") ? address.substring(1, address.length() - 1) : address;
        return new BridgedInstance(
                id,
                service,
                text(fields, "version"),
                bare,
                port,
                text(fields, "protocol"),
                Math.clamp(fields.path("weight").asInt(BridgedInstance.DEFAULT_WEIGHT), 0, MAX_WEIGHT),
                metadata(fields.path("metadata")),
                tags(fields.path("tags")),
                text(fields, "zone"),
                state(text(fields, "status")));
    }

    private static int port(String text) {
        return text.matches("[0-9]{1,5}") ? Integer.parseInt(text) : 0;
    }

    private static String text(JsonNode fields, String name) {
        var value = fields.path(name);
        return value.isValueNode() ? value.asString("") : "";
    }

    private static Map<String, String> metadata(JsonNode node) {
        var metadata = new HashMap<String, String>();
        node.properties()
                .forEach(entry -> metadata.put(
                        entry.getKey(),
                        entry.getValue().isValueNode()
                                ? entry.getValue().asString("")
                                : entry.getValue().toString()));
        return metadata;
    }

    private static List<String> tags(JsonNode node) {
        var tags = new ArrayList<String>();
        node.forEach(tag -> tags.add(tag.asString("")));
        return tags;
    }

    private static State state(String text) {
        return switch (text) {
            case "unhealthy" -> State.UNHEALTHY;
            case "maintenance" -> State.MAINTENANCE;
            case "draining" -> State.DRAINING;
            default -> State.HEALTHY;
        };
    }
}
