package dev.aicore.discovery.bridge.model;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * Writes that make one side equal to what the other side demands, by key, in the order of the sides.
 *
 * @param added instances that the side lacks
 * @param changed instances that differ, as they must become
 * @param removed instances that the side has and must lose, as they are
 */
public record BridgePlan(
        Map<String, BridgedInstance> added,
        Map<String, BridgedInstance> changed,
        Map<String, BridgedInstance> removed) {

    public BridgePlan {
        added = Collections.unmodifiableMap(new LinkedHashMap<>(added));
        changed = Collections.unmodifiableMap(new LinkedHashMap<>(changed));
        removed = Collections.unmodifiableMap(new LinkedHashMap<>(removed));
    }

    /** Returns the plan that leads from the instances that a bridge has brought to those that it is to have. */
    public static BridgePlan between(Map<String, BridgedInstance> current, Map<String, BridgedInstance> desired) {
        var added = new LinkedHashMap<String, BridgedInstance>();
        var changed = new LinkedHashMap<String, BridgedInstance>();
        desired.forEach((key, instance) -> {
            var before = current.get(key);
            if (before == null) {
                added.put(key, instance);
            } else if (!Objects.equals(before, instance)) {
                changed.put(key, instance);
            }
        });
        var removed = new LinkedHashMap<>(current);
        removed.keySet().removeAll(desired.keySet());
        return new BridgePlan(added, changed, removed);
    }

    /** Returns the number of writes. */
    public int size() {
        return added.size() + changed.size() + removed.size();
    }

    public boolean isEmpty() {
        return size() == 0;
    }
}
