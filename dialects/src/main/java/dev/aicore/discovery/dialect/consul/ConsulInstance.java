package dev.aicore.discovery.dialect.consul;

import dev.aicore.discovery.api.health.CompositeCheck;
import dev.aicore.discovery.api.instance.InstanceView;
import dev.aicore.discovery.dialect.DialectMetadata;
import dev.aicore.discovery.web.ApiJson;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * Service instance as Consul's documents show it.
 *
 * @param nativeId id in the registry
 * @param id id that the instance was registered with over Consul; otherwise the native id
 * @param address empty if the registration contained none
 * @param nodeAddress address of the instance, for clients to use if {@code address} is empty
 * @param port 0 if the registration contained none
 * @param rest fields of the registration that the registry only keeps
 * @param index position of the last change
 */
record ConsulInstance(
        String nativeId,
        String id,
        String service,
        String address,
        String nodeAddress,
        int port,
        List<String> tags,
        Map<String, String> meta,
        int passingWeight,
        int warningWeight,
        JsonNode rest,
        List<ConsulCheck> checks,
        CheckStatus status,
        long index) {

    static ConsulInstance of(InstanceView view) {
        var metadata = view.metadata();
        var id = consulId(view);
        var rest = json(metadata.get(ConsulMetadata.SERVICE));
        var checks = ConsulCheck.of(view, id, json(metadata.get(ConsulMetadata.CHECK)));
        return new ConsulInstance(
                view.id(),
                id,
                view.name(),
                metadata.containsKey(ConsulMetadata.ADDRESS) ? "" : view.address(),
                view.address(),
                metadata.containsKey(ConsulMetadata.PORT) ? 0 : view.port(),
                view.tags(),
                meta(view),
                view.weight(),
                rest.path("Weights").path("Warning").asInt(1),
                rest,
                checks,
                CheckStatus.worst(checks),
                view.position());
    }

    /** Returns the id that an instance was registered with over Consul; otherwise its native id. */
    static String consulId(InstanceView view) {
        return view.metadata().getOrDefault(ConsulMetadata.ID, view.id());
    }

    /** Returns the ids of several checks, or the one that the registration gave to the only check; may be empty. */
    static Set<String> declaredCheckIds(InstanceView view) {
        var composite = CompositeCheck.of(view.healthCheck());
        if (composite != null) {
            return composite.components().keySet();
        }
        var stored = view.metadata().get(ConsulMetadata.CHECK);
        var id = stored == null ? null : json(stored).path("CheckID").asString(null);
        return id == null ? Set.of() : Set.of(id);
    }

    boolean isTagOverrideEnabled() {
        return rest.path("EnableTagOverride").asBoolean(false);
    }

    boolean isPassing() {
        return status == CheckStatus.PASSING;
    }

    /** Returns true if the instance has a tag, regardless of case. */
    boolean hasTag(String tag) {
        return tags.stream().anyMatch(tag::equalsIgnoreCase);
    }

    private static Map<String, String> meta(InstanceView view) {
        var meta = DialectMetadata.withoutReserved(view.metadata());
        if (!view.version().isEmpty()) {
            meta.putIfAbsent("version", view.version());
        }
        if (!view.zone().isEmpty()) {
            meta.putIfAbsent("zone", view.zone());
        }
        return meta;
    }

    /** Returns the JSON that the registration stored; an empty object if there is none, or no JSON. */
    private static JsonNode json(@Nullable String stored) {
        if (stored == null) {
            return JsonNodeFactory.instance.objectNode();
        }
        try {
            return ApiJson.mapper().readTree(stored);
        } catch (JacksonException _) {
            return JsonNodeFactory.instance.objectNode(); // written by another client
        }
    }
}
