package dev.aicore.discovery.query.history;

import dev.aicore.discovery.api.history.DiffView.Difference;
import dev.aicore.discovery.api.instance.InstanceView;
import dev.aicore.discovery.web.json.JsonPatchOperation;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Converts differences to a JSON Patch (RFC 6902) of an object that holds each instance under its id. Applied to the
 * earlier state, the patch produces the later state. Ids and member names need no escaping in a JSON Pointer.
 */
final class JsonPatch {

    private JsonPatch() {}

    static List<JsonPatchOperation> of(List<Difference> differences) {
        var removes = new ArrayList<JsonPatchOperation>();
        var others = new ArrayList<JsonPatchOperation>();
        for (var difference : differences) {
            var path = "/" + difference.id();
            var before = difference.before();
            var after = difference.after();
            if (before != null && after != null) {
                change(path, before, after, others);
            } else if (after != null) {
                others.add(new JsonPatchOperation("add", path, InstanceComparator.json(after)));
            } else if (before != null) {
                removes.add(new JsonPatchOperation("remove", path, null));
            }
        }
        // An id that moved to another service is both removed and added; the removal must come first.
        removes.addAll(others);
        return removes;
    }

    private static void change(
            String path, InstanceView before, InstanceView after, List<JsonPatchOperation> operations) {
        var was = InstanceComparator.json(before);
        var is = InstanceComparator.json(after);
        for (var name : InstanceComparator.names(was, is)) {
            var value = is.get(name);
            if (!Objects.equals(was.get(name), value)) {
                operations.add(new JsonPatchOperation(op(was.has(name), is.has(name)), path + "/" + name, value));
            }
        }
    }

    private static String op(boolean was, boolean is) {
        if (was) {
            return is ? "replace" : "remove";
        }
        return "add";
    }
}
