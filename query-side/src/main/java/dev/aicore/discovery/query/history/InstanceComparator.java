package dev.aicore.discovery.query.history;

import dev.aicore.discovery.api.history.DiffView.Field;
import dev.aicore.discovery.api.instance.InstanceView;
import dev.aicore.discovery.web.ApiJson;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/** Compares instances member by member, in their JSON form. */
final class InstanceComparator {

    /** Members that show that something happened but not what. */
    private static final Set<String> BOOKKEEPING = Set.of("position", "updated_at", "declaration_version");

    private InstanceComparator() {}

    /** Returns the members that differ, by JSON name, except bookkeeping members. */
    static List<Field> different(InstanceView before, InstanceView after) {
        var was = json(before);
        var is = json(after);
        var fields = new ArrayList<Field>();
        for (var name : names(was, is)) {
            if (!BOOKKEEPING.contains(name) && !Objects.equals(was.get(name), is.get(name))) {
                fields.add(new Field(name, was.get(name), is.get(name)));
            }
        }
        return fields;
    }

    static ObjectNode json(InstanceView instance) {
        return ApiJson.mapper().valueToTree(instance);
    }

    /** Returns the member names of both objects: those of the first in its order, then the remaining ones. */
    static Set<String> names(ObjectNode one, ObjectNode other) {
        var names = new LinkedHashSet<>(one.propertyNames());
        names.addAll(other.propertyNames());
        return names;
    }
}
