package dev.aicore.discovery.bridge.model;

import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Mark in the metadata of every instance that a bridge has brought to a side: the registry that it comes from, and the
 * bridge. Bridges bring no marked instance back to its registry, and export none that a bridge has imported, so that no
 * chain of bridges can loop.
 *
 * @param registry id of this registry's store, or the kind of the other registry
 * @param bridge name of the bridge
 */
public record BridgeOrigin(String registry, String bridge) {

    /** Key of the metadata entry. Consul allows no dot in it. */
    public static final String KEY = "bridge-origin";

    private static final char SEPARATOR = '/';

    /** Returns the value of the metadata entry. */
    public String mark() {
        return registry + SEPARATOR + bridge;
    }

    /** Returns the metadata with this mark. */
    public Map<String, String> addTo(Map<String, String> metadata) {
        var marked = new TreeMap<>(metadata);
        marked.put(KEY, mark());
        return marked;
    }

    /** Returns true if this bridge of this registry has brought the instance. */
    public boolean isOf(BridgedInstance instance) {
        return mark().equals(instance.metadata().get(KEY));
    }

    /** Returns true if any bridge of this registry has brought the instance. */
    public boolean isOfSameRegistry(BridgedInstance instance) {
        return isOfRegistry(instance.metadata().get(KEY));
    }

    private boolean isOfRegistry(@Nullable String mark) {
        return mark != null && mark.startsWith(registry + SEPARATOR);
    }

    /** Returns true if a bridge has brought the instance. */
    public static boolean isMarked(Map<String, String> metadata) {
        return metadata.containsKey(KEY);
    }
}
