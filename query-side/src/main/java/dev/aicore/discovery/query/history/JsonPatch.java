package dev.aicore.discovery.query.history;

import dev.aicore.discovery.api.history.DiffView.Difference;
import dev.aicore.discovery.api.instance.InstanceView;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Converts differences to a JSON Patch (RFC 6902) of an object that holds each instance under its id. Applied to the
 * earlier state, the patch produces the later state. Ids and member names need no escaping in a JSON Pointer.
 */
final class JsonPatch {

    private JsonPatch() {}

    /**
     * Operation of a JSON Patch.
     *
     * @param value null for {@code remove}
     */
    record Operation(String op, String path, @Nullable JsonNode value) {}

    static List<Operation> of(List<Difference> differences) {
        var removes = new ArrayList<Operation>();
        var others = new ArrayList<Operation>();
        for (var difference : differences) {
            var path = "/" + difference.id();
            var before = difference.before();
            var after = difference.after();
            if (before != null && after != null) {
                change(path, before, after, others);
            } else if (after != null) {
                others.add(new Operation("add", path, InstanceComparator.json(after)));
            } else if (before != null) {
                removes.add(new Operation("remove", path, null));
            }
        }
        // An id that moved to another service is both removed and added; the removal must come first.
        removes.addAll(others);
        return removes;
    }

    private static void change(String path, InstanceView before, InstanceView after, List<Operation> operations) {
        var was = InstanceComparator.json(before);
        var is = InstanceComparator.json(after);
        for (var name : InstanceComparator.names(was, is)) {
            var value = is.get(name);
            if (InstanceComparator.differ(was.get(name), value)) {
                operations.add(new Operation(op(was.has(name), is.has(name)), path + "/" + name, value));
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
