package dev.aicore.discovery.client;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Lists of this process as heartbeats report them, so that the registry can tell later what the process knew. */
final class ViewReport {

    /** Maximum number of lists in one heartbeat; the registry refuses more. */
    static final int MAX_LISTS = 200;

    /** Name of the member of a heartbeat. */
    static final String MEMBER = "view";

    private ViewReport() {}

    /** Returns the position and the age of each list that has a position in the present store, at most 200. */
    static List<Map<String, Object>> of(List<ServiceState> states) {
        var view = new ArrayList<Map<String, Object>>();
        for (var state : states) {
            long position = state.completeUpTo();
            if (position >= 0 && view.size() < MAX_LISTS) {
                var list = new LinkedHashMap<String, Object>();
                list.put("service_name", state.name());
                list.put("position", position);
                list.put(
                        "age_ms",
                        Objects.requireNonNullElse(state.age(), Duration.ZERO).toMillis());
                view.add(list);
            }
        }
        return view;
    }
}
