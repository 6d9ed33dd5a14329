package dev.aicore.discovery.command.restore;

import dev.aicore.discovery.api.instance.Declaration;
import dev.aicore.discovery.web.ApiJson;
import dev.aicore.discovery.web.json.JsonMergePatch;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.node.ObjectNode;

/** Computes the JSON merge patch (RFC 7396) from one declaration to another. */
final class MergePatchBuilder {

    private static final String CHECK = "health_check";
    private static final JsonPointer CHECK_TYPE = JsonPointer.compile("/" + CHECK + "/check_type");

    private MergePatchBuilder() {}

    static String between(Declaration before, Declaration after) {
        ObjectNode was = ApiJson.mapper().valueToTree(before);
        ObjectNode is = ApiJson.mapper().valueToTree(after);
        // A check of another type inherits nothing from the former check, so the patch must contain the whole check.
        if (!was.at(CHECK_TYPE).equals(is.at(CHECK_TYPE)) && is.has(CHECK)) {
            was.remove(CHECK);
        }
        return JsonMergePatch.between(was, is).toString();
    }
}
