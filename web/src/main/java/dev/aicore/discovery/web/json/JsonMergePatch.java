package dev.aicore.discovery.web.json;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Applies and computes JSON merge patches (RFC 7396). Jackson merges objects, but keeps a member whose patch is null;
 * {@code jakarta.json} has merge patches only for values of its own, to which both documents would be converted.
 */
public final class JsonMergePatch {

    private JsonMergePatch() {}

    /**
     * Returns the target after the patch: absent members stay, null removes a member, objects are merged by member, and
     * everything else is replaced.
     *
     * @param target changed in place if it is an object; null if there is none
     */
    public static JsonNode apply(@Nullable JsonNode target, JsonNode patch) {
        if (!(patch instanceof ObjectNode changes)) {
            return patch;
        }
        var merged = target instanceof ObjectNode object ? object : JsonNodeFactory.instance.objectNode();
        for (var change : changes.properties()) {
            if (change.getValue().isNull()) {
                merged.remove(change.getKey());
            } else {
                merged.set(change.getKey(), apply(merged.get(change.getKey()), change.getValue()));
            }
        }
        return merged;
    }

    /** Returns the patch from one object to another, which must not have a null member: a patch can't set null. */
    public static ObjectNode between(ObjectNode before, ObjectNode after) {
        var patch = JsonNodeFactory.instance.objectNode();
        before.propertyNames().stream().filter(name -> !after.has(name)).forEach(patch::putNull);
        for (var member : after.properties()) {
            var old = before.get(member.getKey());
            if (!member.getValue().equals(old)) {
                patch.set(member.getKey(), value(old, member.getValue()));
            }
        }
        return patch;
    }

    private static JsonNode value(@Nullable JsonNode before, JsonNode after) {
        return before instanceof ObjectNode was && after instanceof ObjectNode is ? between(was, is) : after;
    }
}
