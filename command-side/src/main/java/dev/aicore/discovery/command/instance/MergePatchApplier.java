package dev.aicore.discovery.command.instance;

import dev.aicore.discovery.api.instance.Declaration;
import dev.aicore.discovery.command.shard.DeclarationMerger;
import dev.aicore.discovery.web.ApiJson;
import dev.aicore.discovery.web.JsonFields;
import dev.aicore.discovery.web.json.JsonMergePatch;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Applies a JSON merge patch (RFC 7396) to a declaration: absent fields stay, null resets a field to its default,
 * objects are merged by member. The result is parsed like a registration. A check of another type replaces the former
 * check without taking over its fields, which would not apply to it.
 */
final class MergePatchApplier implements DeclarationMerger {

    private static final String CHECK = "health_check";
    private static final String CHECK_TYPE = "check_type";

    private final DeclarationParser parser;

    MergePatchApplier(DeclarationParser parser) {
        this.parser = parser;
    }

    @Override
    public Declaration apply(Declaration before, String patch) {
        ObjectNode current = ApiJson.mapper().valueToTree(before);
        var changes = ApiJson.mapper().readTree(patch);
        if (changesCheckType(current.path(CHECK), changes.path(CHECK))) {
            current.remove(CHECK);
        }
        var jsonFields = JsonFields.of((ObjectNode) JsonMergePatch.apply(current, changes));
        // A check that was declared under earlier rules does not prevent changes of other fields.
        var merged = changes.has(CHECK) ? parser.read(jsonFields) : parser.read(jsonFields, before.healthCheck());
        jsonFields.rejectUnknown();
        jsonFields.validate();
        return merged;
    }

    private static boolean changesCheckType(JsonNode before, JsonNode after) {
        return after.has(CHECK_TYPE) && !after.path(CHECK_TYPE).equals(before.path(CHECK_TYPE));
    }
}
