package dev.aicore.discovery.client.testing;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Last view that each instance reported: the positions of its lists, by service. */
final class ReportedViews {

    private static final Set<String> FIELDS = Set.of("service_name", "position", "age_ms");
    private static final int MAX_LISTS = 200;
    private static final long MAX_AGE_MILLIS = 31_536_000_000L;

    private final Map<String, Map<String, Long>> views = new ConcurrentHashMap<>();

    Map<String, Long> of(String id) {
        return views.getOrDefault(id, Map.of());
    }

    /** Stores the view of a heartbeat, if it has any. */
    void store(String id, Map<String, @Nullable Object> heartbeat) {
        var view = read(heartbeat);
        if (view != null) {
            views.put(id, Map.copyOf(view));
        }
    }

    /** Returns the positions in a heartbeat by service; null if it has no view. Refuses what the server refuses. */
    static @Nullable Map<String, Long> read(Map<String, @Nullable Object> heartbeat) {
        Object view = heartbeat.get("view");
        if (view == null) {
            return null;
        }
        if (!(view instanceof List<?> lists) || lists.size() > MAX_LISTS) {
            throw Refusal.field("validation_failed", "view", "must be an array", view, "at most 200 objects");
        }
        var names = new HashSet<String>();
        var positions = new LinkedHashMap<String, Long>();
        for (Object list : lists) {
            var members = RegistryRoutes.members(list);
            if (!FIELDS.containsAll(members.keySet())) {
                throw Refusal.field("unknown_field", "view", "has an unknown field", list, "one of " + FIELDS);
            }
            String name = Declarations.text(members, "service_name", null, Declarations.NAME, "a name");
            if (!names.add(name)) {
                throw Refusal.field("validation_failed", "view", "has a service twice", name, "each service once");
            }
            Declarations.integer(members, "age_ms", 0L, 0, MAX_AGE_MILLIS);
            positions.put(name, Declarations.integer(members, "position", null, 0, Long.MAX_VALUE));
        }
        return positions;
    }
}
